// Makes the pages better, not necessary. Everything works without it but: reading aloud, copying, keeping on the phone, leaving without a trace.
// All pages of ours take one place in the browser's history, so that after leaving, Back does not return.
"use strict";
(() => {
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const CAN_KEEP = "serviceWorker" in navigator && "caches" in window;
  const gone = () => root.classList.contains("gone");
  let busy = false; // an answer is on its way
  let chat = null; // the chat's log and form, held while another page of ours is shown

  // Going from page to page

  const swap = (html, address) => {
    const next = new DOMParser().parseFromString(html, "text/html");
    const log = $("#log");
    if (log?.children.length) chat = { language: root.lang, nodes: [...log.childNodes], form: new FormData($("#ask")) };
    root.lang = next.documentElement.lang;
    root.dir = next.documentElement.dir;
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    if (address) history.replaceState(null, "", address);
    start();
  };

  const visit = async (address) => {
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const html = await answer.text();
      if (gone()) return;
      swap(html, address);
      bringBack();
      const place = address.includes("#") && document.getElementById(address.split("#")[1]);
      place ? place.scrollIntoView() : scrollTo(0, 0);
      $("#main").focus({ preventScroll: true });
    } catch {
      if (!gone()) location.replace(address);
    }
  };

  const bringBack = () => {
    const form = $("#ask");
    if (!form || !chat || chat.language !== root.lang || $("#log").children.length) return;
    $("#log").append(...chat.nodes);
    for (const name of ["conversation", "chosen", "town"]) form.elements[name].value = chat.form.get(name);
    $(".starters", form)?.remove();
  };

  // Asking

  const take = (article) => {
    const form = $("#ask");
    form.elements.conversation.value = article.dataset.conversation;
    form.elements.chosen.value = article.dataset.chosen;
    form.elements.town.value = article.dataset.town;
    form.action = `/${article.dataset.language}/`;
    $(".starters", form)?.remove();
  };

  const show = (html) => {
    const article = document.adoptNode($("article", new DOMParser().parseFromString(html, "text/html")));
    const log = $("#log");
    if (!log) { // another page of ours is shown meanwhile: the answer waits in the chat
      chat?.nodes.push(article);
      if (article.dataset.conversation) chat?.form.set("conversation", article.dataset.conversation);
      return;
    }
    $$(".next, .problem, .helped", log).forEach((old) => old.remove());
    log.append(article);
    if (article.dataset.conversation) take(article);
    equip(article);
    article.scrollIntoView({ block: "start" });
  };

  const post = async (form, pressed, headers = {}) => {
    const body = new URLSearchParams(new FormData(form));
    if (pressed?.name) body.set(pressed.name, pressed.value);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html", ...headers } });
    return answer.text();
  };

  const plainly = (form, pressed) => {
    if (pressed?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value }));
    form.submit(); // the plain way still works where the short one failed
  };

  const ask = async (form, pressed) => {
    if (busy) return;
    busy = true;
    const send = $(".send", form);
    const label = send.textContent;
    const field = form.elements.message;
    const asking = post(form, pressed, { "X-Part": "answer" });
    const typed = field.value;
    if (!pressed?.name) field.value = "";
    send.disabled = true;
    send.textContent = send.dataset.waiting;
    try {
      const html = await asking;
      if (gone()) return;
      show(html);
      if ($("#log .problem") && !field.value) field.value = typed;
    } catch {
      if (gone() || !form.isConnected) return;
      field.value = typed;
      plainly(form, pressed);
    } finally {
      busy = false;
      send.disabled = false;
      send.textContent = label;
    }
  };

  const speakAnother = async (form, pressed) => {
    try {
      const code = pressed.value.replace("language.", "");
      const talk = $("#ask"); // once there is a conversation, changing the language says its last answer again
      const again = talk.elements.conversation.value ? [talk, { name: "topic", value: `language.${code}` }] : [form, pressed];
      chat = null;
      const html = await post(...again);
      if (gone()) return;
      $("#log").replaceChildren();
      swap(html, `/${code}/`);
      ($("#log article") || $("h1")).scrollIntoView();
    } catch {
      plainly(form, pressed);
    }
  };

  const thank = async (form, pressed) => {
    const page = new DOMParser().parseFromString(await post(form, pressed), "text/html");
    form.replaceWith(document.adoptNode($(".helped", page)));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    if (form.method !== "post") {
      visit(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
      return;
    }
    const pressed = event.submitter;
    if (form.matches(".helped")) thank(form, pressed);
    else if (form.id !== "ask" || pressed?.value.startsWith("language.")) speakAnother(form, pressed);
    else ask(form, pressed);
  });

  // Leaving

  const forget = async () => {
    if (!CAN_KEEP) return;
    try {
      const workers = await navigator.serviceWorker.getRegistrations();
      workers.forEach((one) => one.active?.postMessage({ forget: true }));
      await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
      await Promise.all(workers.map((one) => one.unregister()));
    } catch {
      // where the browser allows no storage there is nothing to forget
    }
  };

  const leave = async () => {
    const away = document.body.dataset.exit;
    const talk = $("#ask")?.elements.conversation.value || chat?.form.get("conversation");
    root.classList.add("gone");
    document.title = "\u00a0";
    document.body.replaceChildren();
    try {
      history.replaceState(null, "", "/");
      window.speechSynthesis?.cancel();
      if (talk) navigator.sendBeacon("/leave", new URLSearchParams({ conversation: talk }));
      await Promise.race([forget(), new Promise((done) => setTimeout(done, 700))]);
    } finally {
      location.replace(away);
    }
  };

  addEventListener("pageshow", (event) => {
    if (event.persisted && root.classList.contains("gone")) location.replace("about:blank");
  });

  let shifts = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      shifts = [];
    } else {
      shifts = [...shifts.filter((time) => event.timeStamp - time < 5000), event.timeStamp];
      if (shifts.length > 2) leave();
    }
    const dots = $(".dots");
    if (dots) dots.textContent = " •".repeat(shifts.length);
  });

  // Tools: read aloud, print, copy, keep

  const equip = (from) => {
    $$(".tools", from).forEach((tools) => {
      tools.hidden = false;
      if (voice()) $(".aloud", tools).hidden = false;
    });
    $$(".copy", from).forEach((button) => (button.hidden = !navigator.clipboard));
  };

  // Only voices of the phone itself: others would send the words to their maker.
  const voice = (language = root.lang) =>
    window.speechSynthesis?.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));

  const readAloud = (button) => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      return;
    }
    const label = button.textContent;
    const parts = $$(".first, .short, .notice, li, .translation, figcaption, .caution p", button.closest(".answer"));
    parts.forEach((part, place) => {
      const said = Object.assign(new SpeechSynthesisUtterance(part.innerText), { lang: root.lang, voice: voice() });
      if (place === parts.length - 1) said.onend = said.onerror = () => (button.textContent = label);
      speechSynthesis.speak(said);
    });
    button.textContent = button.dataset.stop;
  };

  const print = (button) => {
    $$(".printed").forEach((old) => old.classList.remove("printed"));
    button.closest("article").classList.add("printed");
    window.print();
  };

  const copy = async (button) => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.from).textContent);
    button.textContent = button.dataset.done;
  };

  const keep = async (box) => {
    const said = $(".said", box);
    const { language, done, failed, today, offline } = box.dataset;
    let before = [];
    try {
      before = await caches.keys();
      const { urls, home } = await (await fetch(`/${language}/keep`)).json();
      await navigator.serviceWorker.register("/sw.js");
      const worker = (await navigator.serviceWorker.ready).active;
      if (gone()) throw new Error("left");
      await new Promise((kept, refused) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = (event) => (event.data === "kept" ? kept() : refused());
        worker.postMessage({ urls, home, notice: offline.replace("{date}", today) }, [port2]);
      });
      said.textContent = done.replace("{date}", today);
      $(".unkeep", box).hidden = false;
    } catch {
      if (gone() || !before.length) await forget(); // what was kept before stays
      said.textContent = failed;
    }
  };

  const unkeep = async (box) => {
    await forget();
    $(".said", box).textContent = box.dataset.removed;
    $(".unkeep", box).hidden = true;
  };

  const PRESSED = {
    ".aloud": readAloud, ".print": print, ".copy": copy,
    ".keep": (button) => keep(button.closest(".keeping")), ".unkeep": (button) => unkeep(button.closest(".keeping")),
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest(".exit")) {
      event.preventDefault();
      leave();
      return;
    }
    for (const [selector, act] of Object.entries(PRESSED)) {
      const button = event.target.closest(selector);
      if (button) act(button);
    }
    const anchor = event.target.closest("a[href^='#']");
    if (anchor) { // without an entry in the history
      event.preventDefault();
      $(anchor.getAttribute("href")).focus();
    }
    const link = event.target.closest("a[href^='/']");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && plain && !link.hasAttribute("download") && !link.pathname.endsWith(".pdf")) {
      event.preventDefault();
      visit(link.getAttribute("href"));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id === "message" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("#ask").requestSubmit($(".send"));
    }
  });

  const start = async () => {
    const today = new Date().toLocaleDateString("en-CA"); // 2026-12-01; a copy on a phone or a disk does not end by itself
    for (const banner of $$("[data-ends]")) if (banner.dataset.ends < today) banner.remove();
    equip(document);
    const box = $(".keeping");
    if (!box || !CAN_KEEP) return;
    box.hidden = false;
    const kept = await caches.keys().catch(() => []);
    if (kept.length) $(".unkeep", box).hidden = false;
  };

  window.speechSynthesis?.addEventListener?.("voiceschanged", () => equip(document));
  start();
})();
