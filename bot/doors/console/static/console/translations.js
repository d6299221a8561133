// Counts characters while a translation is typed; says so only when there are too many, so that a screen reader is left in peace.
"use strict";
for (const field of document.querySelectorAll("textarea[data-room]")) {
  const box = field.closest(".field");
  const message = box.querySelector("[data-message]");
  field.addEventListener("input", () => {
    const length = Array.from(field.value.trim().normalize("NFC")).length;
    box.querySelector("[data-length]").textContent = String(length);
    if (message) message.hidden = true;
    const over = length > Number(field.dataset.room) ? field.dataset.over : "";
    const said = box.querySelector("output");
    if (said.textContent !== over) said.textContent = over;
  });
}
