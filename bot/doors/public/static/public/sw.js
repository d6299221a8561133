// Only on phones whose owner tapped "keep": the network first, and what was kept where there is none. Removed with "remove" and on leaving.
"use strict";
const NAME = "kept-"; // and the time of keeping: a new copy takes the place of the old one only when it is whole
let forgotten = false;
const EMPTY = '<p class="kept" role="status" hidden></p>';
const WAIT = 8000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data.forget) {
    forgotten = true;
    event.waitUntil(drop());
    return;
  }
  const tell = (word) => event.ports[0].postMessage(word);
  event.waitUntil(keep(event.data).then(() => tell("kept"), () => tell("failed")));
});

async function names() {
  return (await caches.keys()).filter((name) => name.startsWith(NAME)).sort();
}

async function drop(except) {
  await Promise.all((await names()).map((name) => name !== except && caches.delete(name)));
}

async function keep({ urls, notice, home }) {
  forgotten = false;
  const name = NAME + Date.now();
  const cache = await caches.open(name);
  try {
    await cache.put("/kept/notice", new Response(notice));
    await cache.put("/kept/home", new Response(home));
    for (const url of urls) {
      const answer = await fetch(url, { cache: "reload" });
      if (!answer.ok || forgotten) throw new Error(url);
      await cache.put(url, answer);
    }
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  await drop(forgotten ? undefined : name);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(fetch(request, { signal: AbortSignal.timeout(WAIT) }).catch(() => kept(request)));
});

async function kept(request) {
  const name = (await names()).pop();
  if (!name) return Response.error();
  const cache = await caches.open(name);
  const isPage = request.mode === "navigate" || (request.headers.get("Accept") || "").includes("text/html");
  let found = await cache.match(new URL(request.url).pathname);
  if (!found && isPage) found = await cache.match(await (await cache.match("/kept/home"))?.text() ?? "");
  if (!found) return Response.error();
  if (!isPage) return found;
  const headers = new Headers(found.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const notice = await (await cache.match("/kept/notice")).text();
  const shown = `<p class="kept" role="status">${notice.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`)}</p>`;
  return new Response((await found.text()).replace(EMPTY, () => shown), { headers });
}
