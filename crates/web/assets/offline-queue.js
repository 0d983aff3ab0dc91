// Sending what was written without a line: once each, under its own key, and only as the person who wrote it.
// States of an entry: waiting, received, refused, discarded. The server alone judges what is in it.
"use strict";
self.Queue = (() => {
  // Received and discarded entries stay to be seen for so long, then go.
  const SHOWN = { received: 24 * 3600e3, discarded: 7 * 24 * 3600e3 };
  // The shape of an entry. One of a newer program, which was taken back, waits for it.
  const FORMAT = 1;
  // Older phones know no such signal: they wait as long as the browser does.
  const patienceOf = (milliseconds) => (AbortSignal.timeout ? AbortSignal.timeout(milliseconds) : undefined);
  const listeners = new Set();
  const channel = self.BroadcastChannel ? new BroadcastChannel("bontaicho-queue") : null;
  if (channel) channel.onmessage = () => { for (const each of listeners) each(); };

  function changed() {
    for (const each of listeners) each();
    if (channel) channel.postMessage("changed");
  }

  // Asks who is signed in; keeps the answer and the clock of this contact. Throws without a line.
  async function meet() {
    const asked = Date.now();
    const response = await fetch("/nhap/toi", { credentials: "same-origin", cache: "no-store", signal: patienceOf(12e3) });
    if (response.status === 401) {
      await Keep.remember("signed-out", true);
      return null;
    }
    if (!response.ok) throw new Error("server " + response.status);
    const me = await response.json();
    const before = await Keep.recall("me");
    if (!before || before.user !== me.user) await Keep.dropFormsExcept(me.user);
    await Keep.remember("me", me);
    await Keep.remember("contact", { server: me.now, device: (asked + Date.now()) / 2, speed: me.speed });
    await Keep.forget("signed-out");
    return me;
  }

  function bodyOf(item) {
    const body = new FormData();
    for (const [name, value] of item.fields) body.append(name, value);
    body.append("key", item.key);
    body.append("user", item.user);
    body.append("typed_at", String(item.typedAt));
    body.append("device_now", String(Date.now()));
    // Last: the server reads the fields first.
    if (item.photo) body.append("photo", item.photo, "dong-ho");
    return body;
  }

  async function post(item, csrf) {
    const path = (item.kind === "correction" ? "/nhap/dinh-chinh/" : "/nhap/bao-cao/") + item.target;
    const patience = patienceOf(item.photo ? 90e3 : 20e3);
    return fetch(path, { method: "POST", body: bodyOf(item), headers: { "x-csrf-token": csrf }, credentials: "same-origin", signal: patience });
  }

  // Sends one entry. Answers: "received", "refused", "sign-in", "later".
  async function send(item, me) {
    item.tries += 1;
    // Said before it is sent: whoever finds this entry later must not assume that it never arrived.
    await Keep.put(item);
    let response = await post(item, me.csrf);
    if (response.status === 403 && (await response.clone().json().catch(() => ({}))).code === "SEC-013") {
      // A new session has a new token.
      const again = await meet();
      if (!again) return "sign-in";
      if (again.user !== item.user) return "later";
      response = await post(item, again.csrf);
    }
    if (response.status === 401) { await Keep.remember("signed-out", true); return "sign-in"; }
    if (response.status === 429 || response.status === 408 || response.status >= 500) return "later";
    const answer = await response.json();
    item.state = response.ok ? "received" : "refused";
    item.answer = answer;
    item.answeredAt = Date.now();
    if (response.ok) { item.photo = null; }
    await Keep.put(item);
    return item.state;
  }

  // Two tabs and the service worker must not send at the same time; where there are no locks the key still counts once.
  function alone(work) {
    return self.navigator.locks ? navigator.locks.request("bontaicho-queue", work) : work();
  }

  async function forgetOld() {
    for (const item of await Keep.items()) {
      const shown = SHOWN[item.state];
      if (shown && Date.now() - item.answeredAt > shown) await Keep.drop(item.key);
    }
  }

  // Sends all that waits and belongs to whoever is signed in. Answers "offline", "sign-in", "done".
  function sendAll() {
    return alone(async () => {
      let outcome = "done";
      try {
        const me = await meet();
        if (!me) {
          outcome = "sign-in";
        } else {
          await forgetOld();
          const mine = (await Keep.items()).filter((item) => item.user === me.user && item.state === "waiting" && item.format <= FORMAT);
          for (const item of mine) {
            const said = await send(item, me);
            changed();
            if (said === "sign-in" || said === "later") { outcome = said === "later" ? "offline" : said; break; }
          }
        }
      } catch {
        outcome = "offline";
      }
      changed();
      return outcome;
    });
  }

  // Puts an entry into the queue; only what is durable on the device counts as written.
  async function add(item) {
    await Keep.put({ format: FORMAT, state: "waiting", tries: 0, photo: null, ...item });
    changed();
    const registration = self.navigator.serviceWorker && (await navigator.serviceWorker.getRegistration().catch(() => null));
    // Sends even when the page has been closed, where the browser can.
    if (registration && registration.sync) await registration.sync.register("gui").catch(() => {});
  }

  // Puts an entry in the place of one that was refused or has never left. One that may be on its way stays: two would count.
  function replace(old, entry) {
    return alone(async () => {
      const before = await Keep.item(old);
      const free = !before || before.state === "refused" || (before.state === "waiting" && before.tries === 0);
      if (!free) return false;
      await add({ ...entry, photo: entry.photo || before?.photo || null });
      await Keep.drop(old);
      return true;
    });
  }

  // Sends one entry at once, for somebody who waits before the screen.
  function sendNow(key) {
    return alone(async () => {
      const item = await Keep.item(key);
      // Somebody else was quicker: the service worker, or another tab.
      if (!item || item.state !== "waiting") return item || { state: "waiting" };
      try {
        const me = await meet();
        if (me && me.user === item.user) await send(item, me);
      } catch { /* No line: it waits. */ }
      changed();
      return (await Keep.item(key)) || item;
    });
  }

  async function discard(key, reason) {
    const item = await Keep.item(key);
    if (item) await Keep.put({ ...item, state: "discarded", reason, answeredAt: Date.now(), photo: null });
    changed();
  }

  async function remove(key) {
    await Keep.drop(key);
    changed();
  }

  return { meet, add, replace, sendAll, sendNow, discard, remove, changed, onChange: (each) => listeners.add(each) };
})();
