// Shows how far a training is without loading the page anew; when it has ended, the page is loaded with its result.
"use strict";
(() => {
  const place = document.getElementById("progress");
  if (!place) return;
  const sentence = place.querySelector("p");
  const bar = place.querySelector("progress");

  const look = async () => {
    try {
      const response = await fetch(place.dataset.status, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok) return location.reload();
      const told = await response.json();
      if (told.ended) return location.reload();
      // Only what is new is said, or a screen reader would repeat it.
      if (sentence.textContent !== told.sentence) sentence.textContent = told.sentence;
      bar.max = told.steps || 1;
      bar.value = told.step;
    } catch {
      // The console does not answer just now: try again.
    }
    return setTimeout(look, 3000);
  };
  setTimeout(look, 3000);
})();
