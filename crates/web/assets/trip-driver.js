// The driver's page: what he tells is kept on the telephone first and sent when there is a line; what waits is shown at
// its stop. Without this file its forms are sent as ever.
"use strict";
(() => {
  const path = document.querySelector("meta[name=carrier]")?.content;
  if (!path) return;
  const words = document.getElementById("words");
  const say = (name, facts = {}) => {
    let text = words.querySelector(`[data-word="${name}"]`)?.textContent ?? name;
    for (const [fact, value] of Object.entries(facts)) text = text.replace("{" + fact + "}", value);
    return text;
  };
  // The command post's clock: what it said when this page was made, and as long again as has passed on the telephone since
  // it was first seen. The telephone's own clock may be wrong; its steps are not.
  const made = document.querySelector("meta[name=carrier]").dataset;
  const seen = (() => {
    try {
      const before = JSON.parse(localStorage.getItem("bontaicho-trip-clock"));
      if (before && before.now === made.now) return before.device;
      localStorage.setItem("bontaicho-trip-clock", JSON.stringify({ now: made.now, device: Date.now() }));
    } catch { /* It keeps nothing: then the page is as old as it looks. */ }
    return Date.now();
  })();
  const clock = (device) => shown(Number(made.now) + (device - seen) * Number(made.speed));
  const shown = (milliseconds) => new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }).format(milliseconds);

  async function show() {
    const deeds = await Trips.of(path);
    const waiting = deeds.filter((deed) => deed.state === "waiting");
    const band = document.getElementById("waiting");
    band.hidden = waiting.length === 0;
    band.textContent = say("waiting", { count: waiting.length });
    for (const item of document.querySelectorAll("[data-stop]")) {
      const mine = deeds.filter((deed) => deed.stop === item.dataset.stop && deed.state !== "refused");
      const last = mine[mine.length - 1];
      const ended = mine.some((deed) => deed.does === "delivered" || deed.does === "failed");
      const forms = item.querySelector("[data-open]");
      if (forms) forms.hidden = ended;
      const arrived = item.querySelector("form[data-trip=arrived]");
      if (arrived) arrived.hidden = mine.length > 0;
      if (last) item.querySelector("[data-told]").textContent = say(last.state === "waiting" ? "kept" : "sent", { what: last.about, time: clock(last.typedAt) });
    }
    for (const form of document.querySelectorAll("form[data-trip]")) {
      if (form.elements.stop) continue;
      form.hidden = deeds.some((deed) => !deed.stop && deed.does === form.dataset.trip && deed.state !== "refused");
    }
    const refused = document.getElementById("refused");
    refused.replaceChildren(...deeds.filter((deed) => deed.state === "refused").map((deed) => {
      const row = document.createElement("li");
      const told = document.createElement("p");
      told.className = "attention";
      told.textContent = [say("not-sent", { what: deed.about, time: clock(deed.typedAt) }), deed.answer?.sentence, deed.answer?.next, deed.answer?.code].filter(Boolean).join(" ");
      const away = document.createElement("button");
      away.className = "quiet";
      away.textContent = say("mend");
      away.addEventListener("click", () => Trips.drop(deed.key));
      row.append(told, away);
      return row;
    }));
  }

  let busy = false;
  async function once() {
    if (busy) return;
    busy = true;
    try {
      const before = (await Trips.of(path)).filter((deed) => deed.state === "waiting").length;
      const said = navigator.onLine === false ? "offline" : await Trips.sendAll();
      document.getElementById("line").textContent = said === "offline" ? say("no-line") : "";
      const after = await Trips.of(path);
      // All has arrived: the page as the command post sees the trip now. What he is typing elsewhere is not lost by it.
      const typing = document.querySelector("details.driver-form[open]");
      if (said === "done" && before > 0 && !typing && after.every((deed) => deed.state === "received")) {
        const fresh = await fetch(path, { credentials: "same-origin" });
        if (fresh.ok) { await Trips.keepPage(path, fresh.clone()); for (const deed of after) await Trips.drop(deed.key); location.replace(path); return; }
      }
    } catch {
      document.getElementById("line").textContent = say("no-line");
    } finally {
      busy = false;
    }
    await show();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-trip]");
    if (!form) return;
    event.preventDefault();
    (async () => {
      const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
      const stop = form.elements.stop?.value;
      await Trips.add({ key: Keep.newKey(), path, stop, does: form.dataset.trip, about: form.dataset.about, fields, typedAt: Date.now() });
      for (const details of form.closest("li")?.querySelectorAll("details[open]") ?? []) details.open = false;
      await show();
      await once();
    })().catch(() => form.submit());
  });

  if (navigator.serviceWorker) {
    navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => {});
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  }
  // Kept from the first moment on, whether a worker is in charge already or not.
  fetch(path, { credentials: "same-origin" }).then((fresh) => Trips.keepPage(path, fresh)).catch(() => {});
  Trips.onChange(() => show().catch(() => {}));
  addEventListener("online", once);
  addEventListener("offline", () => { document.getElementById("line").textContent = say("no-line"); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") once(); });
  setInterval(() => { if (document.visibilityState === "visible") once(); }, 15e3);
  show().catch(() => {}).then(once);
})();
