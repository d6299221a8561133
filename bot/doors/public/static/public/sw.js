// Only on phones whose owner tapped "keep": the network first, and what was kept where there is none. Removed with "remove" and on leaving.
"use strict";
const CACHE = "kept";
const EMPTY = '<p class="kept" role="status" hidden></p>';
const WAIT = 8000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const tell = (word) => event.ports[0].postMessage(word);
  event.waitUntil(keep(event.data).then(() => tell("kept"), () => tell("failed")));
});

async function keep({ urls, notice, home }) {
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  for (const url of urls) {
    const answer = await fetch(url, { cache: "reload" });
    if (!answer.ok) throw new Error(url);
    await cache.put(url, answer);
  }
  await cache.put("/kept/notice", new Response(notice));
  await cache.put("/kept/home", new Response(home));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(fetch(request, { signal: AbortSignal.timeout(WAIT) }).catch(() => kept(request)));
});

async function kept(request) {
  const cache = await caches.open(CACHE);
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
