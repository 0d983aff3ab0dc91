// What a driver tells of his trip: first kept on the telephone with a key made here, then sent, once each. Apart from the
// queue of reports: it belongs to a link, not to an account. Used by his page and by the service worker alike.
"use strict";
self.Trips = (() => {
  const NAME = "bontaicho-trips";
  const PAGES = "trips-";
  // What was received stays to be seen for a day, then goes.
  const SHOWN = 24 * 3600e3;
  let opening = null;
  const listeners = new Set();
  const channel = self.BroadcastChannel ? new BroadcastChannel(NAME) : null;
  if (channel) channel.onmessage = () => { for (const each of listeners) each(); };

  function changed() {
    for (const each of listeners) each();
    if (channel) channel.postMessage("changed");
  }

  function open() {
    opening = opening || new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("deeds", { keyPath: "key" });
      asked.onsuccess = () => { asked.result.onversionchange = () => { asked.result.close(); opening = null; }; resolve(asked.result); };
      asked.onerror = () => reject(asked.error);
    });
    opening.catch(() => { opening = null; });
    return opening;
  }

  // Resolves when it is durable, not when it was asked.
  async function within(mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction("deeds", mode, { durability: "strict" });
      const asked = work(transaction.objectStore("deeds"));
      transaction.oncomplete = () => resolve(asked && asked.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  const put = (deed) => within("readwrite", (store) => store.put(deed));
  const drop = async (key) => { await within("readwrite", (store) => store.delete(key)); changed(); };
  const all = async () => (await within("readonly", (store) => store.getAll())).sort((a, b) => a.typedAt - b.typedAt);
  const of = async (path) => (await all()).filter((deed) => deed.path === path);

  async function add(deed) {
    await put({ state: "waiting", tries: 0, ...deed });
    changed();
    const registration = self.navigator.serviceWorker && (await navigator.serviceWorker.getRegistration().catch(() => null));
    if (registration && registration.sync) await registration.sync.register("giao").catch(() => {});
  }

  // Sends one. Answers: "received", "refused", "later".
  async function send(deed) {
    deed.tries += 1;
    await put(deed);
    const body = new URLSearchParams(deed.fields);
    body.set("key", deed.key);
    body.set("typed_at", String(deed.typedAt));
    body.set("device_now", String(Date.now()));
    const signal = AbortSignal.timeout ? AbortSignal.timeout(20e3) : undefined;
    const response = await fetch("/nhap" + deed.path, { method: "POST", body, credentials: "same-origin", signal });
    if (response.status === 429 || response.status === 408 || response.status >= 500) return "later";
    const answer = await response.json();
    Object.assign(deed, { state: response.ok ? "received" : "refused", answer, answeredAt: Date.now() });
    await put(deed);
    return deed.state;
  }

  // Two tabs and the service worker must not send at the same time; where there are no locks the key still counts once.
  const alone = (work) => (self.navigator.locks ? navigator.locks.request(NAME, work) : work());

  // Sends all that waits, in the order in which it was told. Answers "done" or "offline".
  function sendAll() {
    return alone(async () => {
      let outcome = "done";
      try {
        for (const deed of await all()) {
          if (deed.state === "received" && Date.now() - deed.answeredAt > SHOWN) await drop(deed.key);
          if (deed.state !== "waiting") continue;
          if ((await send(deed)) === "later") { outcome = "offline"; break; }
        }
      } catch {
        outcome = "offline";
      }
      changed();
      return outcome;
    });
  }

  // The page itself, so that it opens without a line. A link that was shut leaves nothing behind.
  async function keepPage(path, response) {
    if (!self.caches || response.redirected) return;
    const cache = await caches.open(PAGES + "1");
    if (response.ok && /<meta name="carrier"/.test(await response.clone().text())) await cache.put(path, response.clone());
    else if (response.status >= 400 && response.status < 500) await cache.delete(path);
  }
  const keptPage = async (path) => (self.caches ? (await caches.open(PAGES + "1")).match(path) : undefined);
  const isPage = (url) => /^\/giao\/[0-9a-f-]+$/.test(url.pathname) && url.search === "";

  return { add, drop, of, sendAll, keepPage, keptPage, isPage, onChange: (each) => listeners.add(each) };
})();
