// The service worker: what the program needs to open without a network, and sending when the line comes back.
// The server puts BUILD before this text: the version, the assets by hash, the scripts to import.
"use strict";
importScripts(...BUILD.scripts);
const SHELL = "shell-" + BUILD.version;
// A line so slow that a kept form is the better answer.
const PATIENCE = 6e3;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(BUILD.assets.concat("/nhap"));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
    await clients.claim();
  })());
});

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The network's answer; a kept one where the network is gone, too slow, or behind it nobody is at home.
async function networkOr(request, kept, keep) {
  const found = await kept();
  const asking = fetch(request).then(async (response) => {
    if (response.ok) await keep(response.clone()).catch(() => {});
    return response;
  });
  if (!found) return asking;
  const late = pause(PATIENCE).then(() => null);
  try {
    const answer = await Promise.race([asking, late]);
    if (!answer) asking.catch(() => {});
    return answer && answer.status < 500 ? answer : found;
  } catch {
    return found;
  }
}

async function navigate(request, path) {
  const shell = async () => (await caches.open(SHELL)).match("/nhap");
  if (path === "/nhap") return networkOr(request, shell, async (response) => (await caches.open(SHELL)).put("/nhap", response));
  try {
    return Keep.isForm(path)
      ? await networkOr(request, () => Keep.keptForm(path), (response) => Keep.keepForm(path, response))
      : await fetch(request);
  } catch (error) {
    if (await shell()) return Response.redirect("/nhap?tu=" + encodeURIComponent(path), 303);
    throw error;
  }
}

addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  } else if (request.mode === "navigate" && Trips.isPage(url)) {
    // A driver's page: his own, under his link, kept apart from everybody's forms.
    event.respondWith(networkOr(request, () => Trips.keptPage(url.pathname), (response) => Trips.keepPage(url.pathname, response)));
  } else if (request.mode === "navigate") {
    event.respondWith(navigate(request, url.pathname));
  }
});

addEventListener("sync", (event) => {
  if (event.tag === "giao") event.waitUntil(Trips.sendAll().then((said) => { if (said === "offline") throw new Error("no line yet"); }));
  if (event.tag !== "gui") return;
  event.waitUntil(Queue.sendAll().then((said) => { if (said === "offline") throw new Error("no line yet"); }));
});
