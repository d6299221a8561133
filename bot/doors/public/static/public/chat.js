// Makes the form better, not necessary: the answer's part of the page is fetched and put below the last one.
"use strict";
(() => {
  const form = document.getElementById("ask");
  const log = document.getElementById("log");
  const message = document.getElementById("message");
  const send = form.querySelector(".send");
  const label = send.textContent;

  const take = (article) => {
    if (!article.dataset.conversation) return;
    form.elements.conversation.value = article.dataset.conversation;
    form.elements.chosen.value = article.dataset.chosen;
    form.elements.town.value = article.dataset.town;
    form.action = `/${article.dataset.language}/`;
    form.querySelector(".starters")?.remove();
    message.value = "";
  };

  const show = (html) => {
    const part = new DOMParser().parseFromString(html, "text/html");
    const article = document.adoptNode(part.querySelector("article"));
    log.querySelectorAll(".next, .problem").forEach((old) => old.remove());
    log.append(article);
    take(article);
    article.scrollIntoView({ block: "start" });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const pressed = event.submitter;
    const body = new FormData(form);
    if (pressed?.name) body.set(pressed.name, pressed.value);
    send.disabled = true;
    send.textContent = send.dataset.waiting;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), headers: { "X-Part": "answer" } });
      show(await answer.text());
    } catch {
      pressed?.name ? form.append(Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value })) : null;
      form.submit(); // the plain way still works where the short one failed
    } finally {
      send.disabled = false;
      send.textContent = label;
    }
  });

  message.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit(send);
    }
  });
})();
