// The form of a report or a correction, when the line may be gone: what is sent is first kept on the device, then
// sent; a form opened without a network says how old its grey figures are. Without this file the form is sent as ever.
"use strict";

// The rule of the server's second look, for gauges that show a mass or a volume: a figure that is far from what should
// be there, and near to it in another unit, was probably meant in that one. Kilograms, hours, milliseconds.
const Guard = {
  // «1.240,5», «2,1», as Vietnamese writes them; nothing for words with a unit of their own.
  number(text) {
    const plain = text.trim();
    if (!/^\d{1,3}(\.\d{3})*(,\d+)?$|^\d+(,\d+)?$/.test(plain)) return null;
    return Number(plain.replaceAll(".", "").replace(",", "."));
  },
  perhaps(text, now, guard) {
    const value = Guard.number(text);
    if (value === null) return null;
    const used = guard.perHour * Math.max(0, (now - guard.at) / 3600e3);
    const expected = Math.min(Math.max(guard.held - used, 0), guard.capacity);
    const surprise = Math.abs(value * guard.own.kg - expected);
    if (surprise <= Math.max(0.1 * guard.capacity, 0.5 * used)) return null;
    const near = Math.max(0.05 * guard.capacity, 0.25 * used);
    const meant = guard.others.find(({ kg }) => {
      const miss = Math.abs(value * kg - expected);
      return value * kg > 0 && miss <= near && miss < surprise / 3;
    });
    return meant ? { unit: meant.label, own: guard.own.label, held: Math.round(expected).toLocaleString("vi-VN") } : null;
  },
};

(() => {
  const user = document.querySelector("meta[name=user]")?.content;
  const form = document.querySelector("form[data-queue]");
  const band = document.getElementById("queue-band");
  const ordinary = new Set(["csrf", "key", "photo"]);

  if (navigator.serviceWorker) navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => {});

  // Whoever leaves takes his pages with him; what waits stays, bound to him.
  for (const leaving of document.querySelectorAll("form[action='/dang-xuat']")) {
    leaving.addEventListener("submit", () => { Keep.dropFormsExcept("").catch(() => {}); Keep.forget("me").catch(() => {}); });
  }

  async function count() {
    if (!band) return;
    const mine = (await Keep.items()).filter((item) => item.user === user && (item.state === "waiting" || item.state === "refused"));
    const refused = mine.filter((item) => item.state === "refused").length;
    band.hidden = mine.length === 0;
    band.textContent = (refused > 0 ? band.dataset.refused : band.dataset.waiting).replace("{count}", refused || mine.length);
    band.classList.toggle("attention", refused > 0);
  }

  const time = (milliseconds) => new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }).format(milliseconds);
  const stamp = (milliseconds) => new Date(milliseconds + 7 * 3600e3).toISOString().slice(0, 16);

  // A kept form was made hours ago: its clock, its shift and its «already sent» are those of then.
  async function refresh() {
    const clock = document.getElementById("clock");
    if (!clock) return;
    const made = Number(clock.dataset.milliseconds);
    // First contact: a page straight from the server is as old as it says, whatever this phone's clock shows.
    await Queue.meet().catch(() => {});
    if (!(await Keep.recall("contact"))) return;
    const now = await Keep.serverTime(Date.now());
    const speed = Number(clock.dataset.speed);
    if (!Number.isFinite(now) || now - made < 3 * 60e3 * Math.max(1, speed)) return;
    // What app.js adds while the page is open counts from now on.
    clock.dataset.milliseconds = now - performance.now() * speed;
    const kept = document.getElementById("kept-form");
    if (kept) { kept.querySelector("time").textContent = time(made) + " " + stamp(made).slice(8, 10) + "/" + stamp(made).slice(5, 7); kept.hidden = false; }
    const sent = document.querySelector("[data-already]");
    if (sent && now - made > 60 * 60e3) { sent.hidden = true; const more = document.getElementById("more-entry"); if (more) more.open = true; }
    const other = form?.elements.happened_other;
    if (other) { other.value = stamp(now); other.max = stamp(now); }
    const shift = form?.querySelector("input[name=happened][value=shift]");
    if (shift) {
      // Handovers at 06:00, 14:00 and 22:00; the server decides by the same table.
      const hour = new Date(now + 7 * 3600e3).getUTCHours();
      const begins = hour >= 22 || hour < 6 ? "22:00" : hour >= 14 ? "14:00" : "06:00";
      const words = shift.parentElement.querySelector("span");
      // The name of a shift that is over says nothing any more.
      const named = document.querySelector("h1 .told");
      if (named && !words.textContent.includes(begins)) named.hidden = true;
      words.textContent = words.textContent.replace(/\d\d:\d\d/, begins);
    }
  }

  // Fills the form with an entry that waits or was refused.
  async function mend() {
    const key = new URLSearchParams(location.search).get("sua");
    const item = key && (await Keep.item(key));
    if (!item || item.user !== user || item.state === "received") return;
    const more = document.getElementById("more-entry");
    if (more) more.open = true;
    const touched = new Set((item.fields.find(([name]) => name === "touched")?.[1] || "").split(" "));
    for (const [name, value] of item.fields) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value;
        else { field.value = value; if (touched.has(name)) field.classList.remove("untouched"); }
      }
    }
    form.dataset.mends = key;
    const why = document.getElementById("mending");
    if (why) {
      why.textContent = item.state === "refused" ? [item.answer.sentence, item.answer.next].filter(Boolean).join(" ") : why.dataset.waiting;
      why.hidden = false;
    }
  }

  function entryOf(submitter) {
    const data = new FormData(form);
    const fields = [];
    for (const [name, value] of data) if (!ordinary.has(name) && typeof value === "string") fields.push([name, value]);
    if (submitter && submitter.name) fields.push([submitter.name, submitter.value]);
    const photo = data.get("photo");
    const said = Array.from(form.querySelectorAll("input[name^='tank.']:not([type=hidden]), table.correction input")).filter((field) => field.value && !field.classList.contains("untouched"));
    return {
      key: form.elements.key.value,
      kind: form.dataset.queue,
      target: form.dataset.target,
      user,
      userName: document.querySelector("meta[name=user]").dataset.name,
      title: form.dataset.title,
      path: location.pathname,
      summary: said.slice(0, 3).map((field) => field.value + " " + (field.parentElement.querySelector(".unit")?.textContent || "")).join(" · "),
      fields,
      photo: photo instanceof File && photo.size > 0 ? photo : null,
      typedAt: Date.now(),
    };
  }

  // It left while it was being mended: what was typed stays on the screen.
  function tooLate() {
    const why = document.getElementById("mending");
    why.textContent = why.dataset.gone;
    why.hidden = false;
    why.scrollIntoView();
  }

  function sendOrdinarily(submitter) {
    if (submitter && submitter.name) {
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name: submitter.name, value: submitter.value });
      form.append(hidden);
    }
    form.submit();
  }

  // The figures that surprise as typed and fit in another unit, as the server would find them: it cannot be asked now.
  function doubts(now) {
    const found = [];
    for (const tank of form.querySelectorAll("[data-guard]")) {
      const input = tank.querySelector("input[name^='tank.']:not([type=hidden])");
      const guard = JSON.parse(tank.dataset.guard);
      const perhaps = input.value && Guard.perhaps(input.value, now, guard);
      if (perhaps) found.push({ input, perhaps, words: guard.words });
    }
    return found;
  }

  // Asks once about each such figure; sent again unchanged, it stands, and the server is told that it was looked at.
  function asksBack(entry, found) {
    const band = document.getElementById("doubt");
    const said = JSON.stringify(found.map(({ input }) => [input.name, input.value]));
    if (!band || found.length === 0) return false;
    if (form.dataset.looked === said) {
      const names = found.map(({ input }) => input.name);
      if (!entry.fields.some(([name]) => name === "meant")) entry.fields.push(["meant", "confirmed=" + names[0] + ";looked=" + names.slice(1).join(" ")]);
      return false;
    }
    form.dataset.looked = said;
    const { perhaps, words, input } = found[0];
    const facts = { value: input.value, unit: perhaps.own, perhaps: perhaps.unit, held: perhaps.held };
    band.textContent = Object.entries(facts).reduce((text, [name, word]) => text.replace("{" + name + "}", word), words);
    band.hidden = false;
    input.focus();
    band.scrollIntoView({ block: "center" });
    const button = form.querySelector("p.foot-action button.main");
    if (button) button.disabled = false;
    return true;
  }

  async function submitted(event) {
    event.preventDefault();
    const submitter = event.submitter;
    const entry = entryOf(submitter);
    // With a line the server asks itself, and knows more.
    const doubtful = doubts(await Keep.serverTime(Date.now()).catch(() => Date.now()));
    const late = new Promise((resolve) => setTimeout(() => resolve(false), 3e3));
    const reached = () => Promise.race([Queue.meet().then(() => true, () => false), late]);
    if (doubtful.length > 0 && !(await reached()) && asksBack(entry, doubtful)) return;
    const mends = form.dataset.mends;
    try {
      if (mends) {
        // Another content needs another key: the old one was refused, or never left.
        entry.key = Keep.newKey();
        if (!(await Queue.replace(mends, entry))) { tooLate(); return; }
      } else {
        await Queue.add(entry);
      }
    } catch {
      // No room, or a private window: the ordinary way is the only one.
      sendOrdinarily(submitter);
      return;
    }
    const item = await Queue.sendNow(entry.key);
    if (item.state === "received") {
      const answer = item.answer;
      location.assign(answer.report ? `/bien-nhan/${answer.report}${answer.beside ? "?trai=" + answer.beside : answer.replayed ? "?lai=1" : ""}` : "/nhap");
    } else if (item.state === "refused" && !mends) {
      // He stands before it: the server's own page shows the field, the reason and what was probably meant.
      await Queue.remove(entry.key);
      sendOrdinarily(submitter);
    } else {
      location.assign("/nhap");
    }
  }

  if (form && user) {
    form.addEventListener("submit", submitted);
    refresh().catch(() => {});
    mend().catch(() => {});
  }
  if (user) {
    Queue.onChange(() => count().catch(() => {}));
    count().catch(() => {});
    const waits = async () => (await Keep.items()).some((item) => item.user === user && item.state === "waiting");
    const tryNow = async () => { if (document.visibilityState === "visible" && (await waits())) await Queue.sendAll(); };
    const quietly = () => tryNow().catch(() => {});
    addEventListener("online", quietly);
    addEventListener("focus", quietly);
    document.addEventListener("visibilitychange", quietly);
    setInterval(quietly, 20e3);
    quietly();
  }
})();
