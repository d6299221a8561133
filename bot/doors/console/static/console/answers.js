// Makes the form of an answer quicker: figures while typing, rows that move, previews below without leaving the page.
// Without this file the same buttons send the form and the same figures come with the page.
"use strict";
(() => {
  const form = document.getElementById("answer");
  if (!form) return;
  const token = form.elements.csrfmiddlewaretoken.value;

  // --- figures beside the fields, 400 ms after the last key
  let waiting = 0;
  let asked = 0;
  const put = (id, text) => {
    const place = document.getElementById(id);
    // Written only where it differs, so that a screen reader hears a warning once.
    if (place && place.textContent !== text) place.textContent = text;
  };
  const measure = async () => {
    const fields = [...form.querySelectorAll("textarea[data-kind]")];
    const data = new FormData();
    fields.forEach((field) => { data.append("text", field.value); data.append("kind", field.dataset.kind); });
    const mine = ++asked;
    try {
      const response = await fetch(form.dataset.measure, { method: "POST", body: data, headers: { "X-CSRFToken": token } });
      if (!response.ok || mine !== asked) return;
      const { figures } = await response.json();
      fields.forEach((field, n) => { put(`${field.id}_figures`, figures[n].figures); put(`${field.id}_warning`, figures[n].warning); });
    } catch (error) { /* without a connection the figures stay as they are */ }
  };
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea[data-kind]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(measure, 400);
  });

  // --- rows move without sending the form; the order on the page is the order that is sent
  const move = (button) => {
    const row = button.closest("[data-row]");
    const up = button.dataset.move === "up";
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (other && up) other.before(row);
    else if (other) other.after(row);
    renumber(row.parentElement);
    button.focus();
  };
  // The last number in a name is the row's.
  const renumber = (list) => [...list.children].forEach((row, n) => {
    row.querySelectorAll("[aria-label], label, .hidden").forEach((element) => {
      const label = element.getAttribute("aria-label");
      if (label) element.setAttribute("aria-label", label.replace(/\d+(?!.*\d)/, n + 1));
      else if (!element.children.length) element.textContent = element.textContent.replace(/\d+(?!.*\d)/, n + 1);
    });
  });

  // --- a row more: a copy of the last one, emptied
  let made = 0;
  const more = (list) => {
    const row = list.lastElementChild.cloneNode(true);
    const name = `more.${++made}`;
    row.querySelectorAll(".error").forEach((error) => error.remove());
    row.querySelectorAll("[id], [for], [aria-describedby]").forEach((element) => {
      if (element.id) element.id = `${name}.${element.id}`;
      if (element.htmlFor && typeof element.htmlFor === "string") element.htmlFor = `${name}.${element.htmlFor}`;
      if (element.tagName === "OUTPUT") element.setAttribute("for", `${name}.${element.getAttribute("for")}`);
      element.removeAttribute("aria-describedby");
    });
    row.querySelectorAll("textarea").forEach((field) => { field.value = ""; field.setAttribute("aria-describedby", `${field.id}_figures`); });
    row.querySelectorAll("select").forEach((field) => { field.selectedIndex = 0; });
    row.querySelectorAll("input[type=hidden]").forEach((field) => { field.value = field.name === "quotes_row" ? name : ""; });
    row.querySelectorAll("input[type=checkbox]").forEach((field) => { field.checked = false; field.value = name; });
    row.querySelectorAll("output, [id$=_figures]").forEach((place) => { place.textContent = ""; });
    list.append(row);
    renumber(list);
    row.querySelector("textarea, select").focus();
  };
  form.querySelectorAll("[data-rows]").forEach((list) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = form.dataset.add;
    button.setAttribute("aria-label", `${form.dataset.add}: ${list.closest("fieldset").querySelector("legend").textContent}`);
    button.addEventListener("click", () => more(list));
    list.after(button);
  });

  // --- taking a row away: what is empty is left out
  const away = (row) => {
    const field = row.querySelector("textarea, select");
    if (field.tagName === "SELECT") field.selectedIndex = 0; else field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  form.querySelectorAll("[data-row]").forEach((row) => {
    const down = row.querySelector("[data-move=down]");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.dataset.away = "";
    button.textContent = form.dataset.away;
    button.setAttribute("aria-label", `${form.dataset.away}: ${row.querySelector("select") ? row.querySelector("select").getAttribute("aria-label") : row.querySelector("label").textContent}`);
    down.after(button);
  });

  // --- previews below, one press a language
  const show = async (button) => {
    const state = document.getElementById("preview_state");
    const data = new FormData(form);
    data.set("do", button.value);
    state.textContent = form.dataset.working;
    try {
      const response = await fetch(form.dataset.preview, { method: "POST", body: data });
      const page = await response.text();
      if (!response.ok && response.status !== 400) throw new Error();
      document.getElementById("faces").innerHTML = page;
      state.textContent = response.ok ? form.dataset.ready : "";
      document.querySelectorAll("#tongues button").forEach((other) => {
        if (other.value === button.value) other.setAttribute("aria-current", "true"); else other.removeAttribute("aria-current");
      });
      form.querySelector("button[data-preview]").value = button.value;
    } catch (error) {
      state.textContent = form.dataset.failed;
    }
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.move) { event.preventDefault(); move(button); }
    else if (button.dataset.away !== undefined) away(button.closest("[data-row]"));
    else if (button.closest("#tongues")) { event.preventDefault(); show(button); }
    else if (button.dataset.preview !== undefined) { event.preventDefault(); show(button); document.getElementById("preview").scrollIntoView(); }
  });
})();
