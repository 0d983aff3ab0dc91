// /nhap, the officer's entry app: his facilities, what waits, what was received, what was refused. Opens without a network.
"use strict";
(() => {
  const words = document.getElementById("words");
  const say = (name, facts = {}) => {
    let text = words.querySelector(`[data-word="${name}"]`)?.textContent ?? name;
    for (const [fact, value] of Object.entries(facts)) text = text.replace("{" + fact + "}", value);
    return text;
  };
  const zone = { timeZone: "Asia/Ho_Chi_Minh" };
  const clock = (milliseconds) => new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", ...zone }).format(milliseconds);
  const day = (milliseconds) => new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit", ...zone }).format(milliseconds);
  // The day is said where it is not today's.
  const moment = (milliseconds, now) => clock(milliseconds) + (day(milliseconds) === day(now) ? "" : " " + day(milliseconds));

  // Text only: nothing that a server or a person wrote becomes markup.
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  let line = "asking";

  function headline(mine, others) {
    const waiting = mine.filter((item) => item.state === "waiting").length;
    const refused = mine.filter((item) => item.state === "refused").length;
    const count = waiting + others.filter((item) => item.state === "waiting").length;
    if (line === "sign-in") return ["attention", count > 0 ? say("sign-in-to-send", { count }) : say("sign-in-first")];
    if (waiting > 0) return line === "offline" ? ["attention", say("waiting", { count: waiting })] : ["old", say("sending", { count: waiting })];
    if (refused > 0) return ["attention", say("refused-count", { count: refused })];
    if (line === "offline") return ["old", say("offline-ready")];
    return ["confirmed", say("nothing-waits")];
  }

  async function entry(item, now) {
    const at = await Keep.serverTime(item.typedAt);
    const row = make("li", { "data-state": item.state });
    const title = [say(item.kind), item.title].join(" · ");
    row.append(make("p", {}, make("b", {}, title), " ", make("span", { class: "told" }, say("written-at", { time: moment(at, now) }))));
    if (item.summary) row.append(make("p", { class: "told" }, item.summary + (item.photo ? " · " + say("with-photo") : "")));
    if (item.state === "waiting") {
      row.append(make("p", { class: "attention" }, make("span", { class: "sign attention", "aria-hidden": "true" }), say("waits")));
      // What may have arrived already is not changed: its answer comes first.
      if (item.tries === 0) row.append(actions(item));
      else row.append(make("p", { class: "told" }, say("answer-unknown")));
    } else if (item.state === "received") {
      row.append(make("p", { class: "confirmed" }, make("span", { class: "sign confirmed", "aria-hidden": "true" }), received(item)));
      if (item.answer.conflict) row.append(make("p", { class: "band attention" }, item.answer.conflict));
      if (item.answer.report) row.append(make("p", { class: "actions" }, make("a", { class: "button quiet", href: "/bien-nhan/" + item.answer.report }, say("see")), make("a", { class: "button quiet", href: "/bao-cao/" + item.answer.report + "/dinh-chinh" }, say("correct"))));
    } else if (item.state === "refused") {
      row.append(make("p", { class: "attention" }, make("span", { class: "sign attention", "aria-hidden": "true" }), [item.answer.sentence, item.answer.next].filter(Boolean).join(" "), " ", make("span", { class: "code" }, item.answer.code)));
      row.append(actions(item));
    } else {
      row.append(make("p", { class: "told" }, say("discarded", { reason: item.reason })));
    }
    return row;
  }

  const received = (item) => (item.answer.code ? say("received", { time: item.answer.time, code: item.answer.code }) : say("withdrawn", { time: item.answer.time }));

  function actions(item) {
    const reason = make("input", { required: "", autocomplete: "off", maxlength: "200", "aria-label": say("why-discard") });
    const discard = make("form", { class: "discard", onsubmit: (event) => { event.preventDefault(); Queue.discard(item.key, reason.value.trim()); } }, make("label", { class: "field" }, say("why-discard"), reason), make("button", {}, say("discard")));
    return make("div", { class: "actions" }, make("a", { class: "button", href: item.path + "?sua=" + item.key }, say("mend")), make("details", {}, make("summary", { class: "button quiet" }, say("discard")), discard));
  }

  function facility(place, forms, now) {
    const path = "/co-so/" + place.id + "/bao-cao";
    const kept = forms.has(path);
    const row = make("li", { class: "facility" }, make("b", {}, place.name));
    const last = place.last;
    const correction = last && "/bao-cao/" + last.report + "/dinh-chinh";
    if (last !== undefined) row.append(make("p", { class: "told" }, last ? say("last-told", { time: moment(last.at, now), code: last.code }) : say("never-told")));
    const reachable = line !== "offline" || kept;
    row.append(make("p", { class: "actions" },
      make("a", { class: "button" + (reachable ? " main" : " quiet"), href: path }, say("report-now")),
      last && last.correctable && (line !== "offline" || forms.has(correction)) ? make("a", { class: "button quiet", href: correction }, say("correct")) : null));
    if (!kept) row.append(make("p", { class: "told" }, say("not-kept")));
    return row;
  }

  // A list is drawn anew only when something in it has changed: nobody loses what he is typing into it.
  function draw(id, facts, rows) {
    const list = document.getElementById(id);
    const drawn = JSON.stringify(facts);
    if (list.dataset.drawn === drawn) return;
    list.replaceChildren(...rows);
    list.dataset.drawn = drawn;
  }

  async function show() {
    const me = await Keep.recall("me");
    const items = await Keep.items();
    const mine = me ? items.filter((item) => item.user === me.user) : [];
    const others = items.filter((item) => !me || item.user !== me.user);
    const now = await Keep.serverTime(Date.now());
    const [tone, sentence] = headline(mine, others);
    const heading = document.getElementById("sentence");
    heading.className = tone;
    heading.replaceChildren(make("span", { class: "sign " + tone, "aria-hidden": "true" }), sentence);
    document.getElementById("who").textContent = me ? [me.name, me.place, me.drill].filter(Boolean).join(" · ") : "";
    document.getElementById("line").textContent = line === "offline" ? say("no-line") : line === "asking" ? "" : say("line");
    document.getElementById("sign-in").hidden = line !== "sign-in";
    // Another person's entries are counted, never shown: they wait for him.
    const foreign = document.getElementById("others");
    const kept = others.filter((item) => item.state === "waiting" || item.state === "refused");
    foreign.hidden = kept.length === 0;
    foreign.textContent = say("others", { count: kept.length, name: [...new Set(kept.map((item) => item.userName))].join(", ") });
    const forms = new Set(await Keep.keptForms());
    const places = me ? me.facilities.slice() : [];
    // The desk reports for others: the forms that it has opened on this phone.
    for (const path of forms) {
      const id = path.startsWith("/co-so/") && path.split("/")[2];
      const name = id && !places.some((place) => place.id === id) && (await Keep.titleOf(path));
      if (name) places.push({ id, name });
    }
    draw("facilities", [places, line === "offline", [...forms], day(now)], places.map((place) => facility(place, forms, now)));
    document.getElementById("no-facility").hidden = !me || me.facilities.length > 0;
    for (const [list, states] of [["waiting", ["waiting", "refused"]], ["received", ["received", "discarded"]]]) {
      const rows = mine.filter((item) => states.includes(item.state));
      if (list === "received") rows.sort((a, b) => b.answeredAt - a.answeredAt);
      const facts = rows.map(({ photo, ...item }) => [item, Boolean(photo)]);
      draw(list, [facts, day(now)], await Promise.all(rows.map((item) => entry(item, now))));
      document.getElementById(list + "-part").hidden = rows.length === 0;
    }
  }

  // Forms and last figures, kept while there is a line, so that they open when there is none.
  async function keepForms() {
    const me = await Keep.recall("me");
    if (!me) return;
    for (const place of me.facilities) {
      const paths = ["/co-so/" + place.id + "/bao-cao"];
      if (place.last && place.last.correctable) paths.push("/bao-cao/" + place.last.report + "/dinh-chinh");
      for (const path of paths) await Keep.keepForm(path, await fetch(path, { credentials: "same-origin", redirect: "follow" }));
      // A correction of a report that is no longer the last would only be refused.
      if (me.facilities.length > 0) for (const path of await Keep.keptForms()) if (path.startsWith("/bao-cao/") && !me.facilities.some((each) => each.last && path.includes(each.last.report))) await Keep.dropForm(path);
    }
  }

  let busy = false;
  async function once() {
    if (busy) return;
    busy = true;
    try {
      line = navigator.onLine === false ? "offline" : await Queue.sendAll();
      if (line === "done") { await Queue.meet(); await keepForms(); }
    } catch {
      line = "offline";
    } finally {
      busy = false;
    }
    await show();
  }

  // Without a service worker the app still queues while it is open; to open without a line it needs HTTPS.
  if (navigator.serviceWorker) {
    navigator.serviceWorker.register("/sw.js", { scope: "/" }).then((found) => found.update()).catch(() => {});
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  } else {
    document.getElementById("needs-https").hidden = false;
  }
  let install = null;
  addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); install = event; document.getElementById("install").hidden = false; });
  document.getElementById("install").addEventListener("click", () => { if (install) install.prompt(); });
  document.getElementById("send-now").addEventListener("click", () => once());

  Queue.onChange(() => show().catch(() => {}));
  addEventListener("online", () => once());
  addEventListener("offline", () => { line = "offline"; show(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") once(); });
  setInterval(() => { if (document.visibilityState === "visible") once(); }, 20e3);
  show().catch(() => {}).then(once);
})();
