// Keeps the figures beside a field up to date while one writes: contacts and notices. Without it they come with the page.
"use strict";
for (const form of document.querySelectorAll("form[data-measure]")) {
  for (const field of form.querySelectorAll("textarea[data-kind]")) {
    const out = document.getElementById(`${field.id}_figures`);
    let waiting = 0, asked = 0;
    const measure = async () => {
      const number = ++asked;
      const body = new URLSearchParams({
        csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, text: field.value, kind: field.dataset.kind,
      });
      try {
        const answer = await fetch(form.dataset.measure, { method: "POST", body, headers: { Accept: "application/json" } });
        if (!answer.ok) return;
        const [told] = (await answer.json()).figures;
        // An older answer may come late; only the last one counts. The same words are not said again.
        const said = [told.figures, told.warning].filter(Boolean).join(" ");
        if (number === asked && out.textContent !== said) out.textContent = said;
      } catch {
        // No connection: the figures stay as they were, and come right with the next page.
      }
    };
    if (out) field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(measure, 600); });
  }
}
