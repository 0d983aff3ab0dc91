// What a phone keeps of its own: the queue of what was written without a line, who is signed in, the clock of the last
// contact, the forms that open without a network. Used by pages and by the service worker alike; decides nothing.
"use strict";
self.Keep = (() => {
  const NAME = "bontaicho";
  // Raised when the shape changes; `upgrade` carries every older queue over, so that an update loses nothing.
  const VERSION = 1;
  const FORMS = "forms-";
  const MOST_FORMS = 40;
  let opening = null;

  function upgrade(database, from) {
    if (from < 1) {
      database.createObjectStore("queue", { keyPath: "key" });
      database.createObjectStore("kept");
    }
  }

  function open() {
    opening = opening || ask(VERSION).catch((error) => {
      // A newer program has been here and was taken back: its shape holds all that this one knows.
      if (error && error.name === "VersionError") return ask(undefined);
      throw error;
    });
    opening.catch(() => { opening = null; });
    return opening;
  }

  function ask(version) {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, version);
      asked.onupgradeneeded = (event) => upgrade(asked.result, event.oldVersion);
      asked.onsuccess = () => {
        // Another tab of a newer program may change the shape: this one lets go.
        asked.result.onversionchange = () => { asked.result.close(); opening = null; };
        resolve(asked.result);
      };
      asked.onerror = () => reject(asked.error);
      asked.onblocked = () => reject(new Error("blocked"));
    });
  }

  // One transaction over one store; resolves when it is durable, not when it was asked.
  async function within(store, mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked && asked.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  const put = (item) => within("queue", "readwrite", (store) => store.put(item));
  const item = (key) => within("queue", "readonly", (store) => store.get(key));
  const drop = (key) => within("queue", "readwrite", (store) => store.delete(key));
  const items = async () => (await within("queue", "readonly", (store) => store.getAll())).sort((a, b) => a.typedAt - b.typedAt);
  const remember = (name, value) => within("kept", "readwrite", (store) => store.put(value, name));
  const recall = (name) => within("kept", "readonly", (store) => store.get(name));
  const forget = (name) => within("kept", "readwrite", (store) => store.delete(name));

  // One key per entry, made on the device: time first, so that keys sort as they were made (UUIDv7).
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let time = Date.now();
    for (let place = 5; place >= 0; place--) { bytes[place] = time % 256; time = Math.floor(time / 256); }
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  // Milliseconds by the clock of the command post: what it said at the last contact, and as long again as has passed
  // since. The phone's own clock may be wrong; its steps are not.
  async function serverTime(device) {
    const contact = await recall("contact").catch(() => null);
    return contact ? contact.server + (device - contact.device) * (contact.speed ?? 1) : device;
  }

  // Forms that open without a network belong to one person: they are kept under his name and shown to nobody else.
  const isForm = (path) => /^\/co-so\/[^/]+\/bao-cao$|^\/bao-cao\/[^/]+\/dinh-chinh$/.test(path);
  const userOf = (html) => (html.match(/<meta name="user" content="([^"]+)"/) || [])[1];

  async function keepForm(path, response) {
    if (!self.caches || !response.ok || response.redirected) return false;
    const user = userOf(await response.clone().text());
    if (!user) return false;
    const cache = await caches.open(FORMS + user);
    await cache.put(path, response.clone());
    // Whoever opens the forms of a whole province keeps the latest.
    const kept = await cache.keys();
    for (const old of kept.slice(0, Math.max(0, kept.length - MOST_FORMS))) await cache.delete(old);
    return true;
  }
  async function keptForm(path) {
    const me = await recall("me").catch(() => null);
    return me && self.caches ? (await caches.open(FORMS + me.user)).match(path) : undefined;
  }
  async function keptForms() {
    const me = await recall("me");
    if (!me || !self.caches) return [];
    return (await (await caches.open(FORMS + me.user)).keys()).map((request) => new URL(request.url).pathname);
  }
  // The facility that a kept form is about.
  async function titleOf(path) {
    const kept = await keptForm(path);
    const title = kept && ((await kept.text()).match(/data-queue="report"[^>]* data-title="([^"]*)"/) || [])[1];
    return title && new DOMParser().parseFromString(title, "text/html").body.textContent;
  }
  async function dropForm(path) {
    const me = await recall("me");
    if (me && self.caches) await (await caches.open(FORMS + me.user)).delete(path);
  }
  // Whoever leaves, or comes after somebody else, finds none of the other's pages. The queue stays: it is bound to its
  // writer by name and waits for him.
  async function dropFormsExcept(user) {
    if (!self.caches) return;
    for (const name of await caches.keys()) if (name.startsWith(FORMS) && name !== FORMS + user) await caches.delete(name);
  }

  return { put, item, drop, items, remember, recall, forget, newKey, serverTime, isForm, keepForm, keptForm, keptForms, titleOf, dropForm, dropFormsExcept };
})();
