// What a page cannot do by itself: keys that send once, the tank that follows the finger, the clipboard, the keyboard.
// Every page works without this file; nothing here decides anything.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");

  // One key per form, made on the device: time first, so that keys sort as they were made (UUIDv7).
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let time = Date.now();
    for (let place = 5; place >= 0; place--) { bytes[place] = time % 256; time = Math.floor(time / 256); }
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }
  for (const field of document.querySelectorAll("input[data-key]")) field.value = newKey();

  // On a phone the pages of a room stand on one line: the open one is drawn into sight, the page itself stays.
  const openPage = document.querySelector("nav.pages a[aria-current]");
  if (openPage) openPage.parentElement.scrollLeft = openPage.offsetLeft - (innerWidth - openPage.offsetWidth) / 2;

  // Pressed twice is sent once; coming back to the page frees the button again.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-once]")) return;
    const button = event.submitter || event.target.querySelector("button.main");
    setTimeout(() => {
      for (const each of event.target.querySelectorAll("button")) each.disabled = true;
      if (button && button.dataset.sending) { button.dataset.was = button.textContent; button.textContent = button.dataset.sending; }
    }, 0);
  });
  addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[data-once] button")) {
      button.disabled = false;
      if (button.dataset.was) button.textContent = button.dataset.was;
    }
  });

  function remember(name, value) {
    document.cookie = name + "=" + value + "; path=/; max-age=31536000; samesite=lax";
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-theme-toggle], [data-copy], [data-step]");
    if (!target) {
      for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
      return;
    }
    if (target.hasAttribute("data-theme-toggle")) {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      remember("theme", root.dataset.theme);
    } else if (target.dataset.copy !== undefined) {
      copy(target);
    } else {
      step(target);
    }
  });

  async function copy(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without HTTPS there is no clipboard: the old way still works.
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const was = button.dataset.was || button.textContent;
    button.dataset.was = was;
    button.textContent = button.dataset.done;
    announce(button.dataset.done);
    setTimeout(() => { button.textContent = was; }, 2000);
  }

  function announce(words) {
    const place = document.getElementById("announce");
    if (place) place.textContent = words;
  }

  // Steppers, and which fields a hand has touched: an untouched figure is yesterday's and is told so.
  function step(button) {
    const field = button.parentElement.querySelector("input");
    field.value = Math.max(0, (parseInt(field.value, 10) || 0) + Number(button.dataset.step));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.addEventListener("input", (event) => {
    const field = event.target;
    const form = field.form;
    if (!form || !form.elements.touched || !field.name) return;
    field.classList.remove("untouched");
    const touched = new Set(form.elements.touched.value.split(" ").filter(Boolean));
    touched.add(field.name);
    form.elements.touched.value = Array.from(touched).join(" ");
    if (field.name === "waiting" && field.value !== "" && form.elements.waiting_unasked) form.elements.waiting_unasked.checked = false;
    if (field.name === "waiting_unasked" && field.checked) form.elements.waiting.value = "";
    if (field.type === "file") field.parentElement.classList.toggle("taken", field.files.length > 0);
    if (field.type === "file" && field.files.length > 0) field.parentElement.querySelector("span").textContent = field.files[0].name;
  });

  // A slider tells where it stands.
  document.addEventListener("input", (event) => {
    const told = event.target.type === "range" && event.target.parentElement.querySelector("output");
    if (told) told.textContent = event.target.value;
  });

  // The tank follows the finger, and the field's digits move the tank.
  for (const block of document.querySelectorAll("[data-tank]")) {
    const drawing = block.querySelector("svg");
    const field = block.querySelector("input[inputmode]");
    const liquid = drawing.querySelector(".tank-liquid");
    const [top, inside] = [Number(drawing.dataset.top), Number(drawing.dataset.inside)];
    const [full, size] = [Number(block.dataset.full), Number(block.dataset.stepSize)];
    const show = (share) => {
      const level = Math.min(1, Math.max(0, share));
      liquid.setAttribute("y", top + inside * (1 - level));
      liquid.setAttribute("height", inside * level);
    };
    const read = () => {
      // 1.240 is one thousand two hundred and forty, 41,5 is forty-one and a half.
      const value = Number(field.value.trim().replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", "."));
      if (field.value.trim() !== "" && Number.isFinite(value)) show(value / full);
    };
    const drag = (event) => {
      const box = drawing.getBoundingClientRect();
      const y = ((event.clientY - box.top) / box.height) * drawing.viewBox.baseVal.height;
      const share = Math.min(1, Math.max(0, 1 - (y - top) / inside));
      const value = Math.round((share * full) / size) * size;
      show(value / full);
      field.value = String(Number(value.toFixed(3))).replace(".", ",");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    field.addEventListener("input", read);
    drawing.addEventListener("pointerdown", (event) => { drawing.setPointerCapture(event.pointerId); drag(event); });
    drawing.addEventListener("pointermove", (event) => { if (drawing.hasPointerCapture(event.pointerId)) drag(event); });
    read();
  }

  // ↑ ↓ walk the table, Enter opens (a link does that by itself), / searches.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, textarea, select");
    if (event.key === "/" && !typing) {
      const search = document.getElementById("search");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
      return;
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (typing && event.target.id !== "search") return;
    const links = Array.from(document.querySelectorAll("table[data-keys] tbody th a"));
    if (links.length === 0) return;
    const row = event.target.closest("tbody tr");
    const here = row ? links.findIndex((link) => row.contains(link)) : -1;
    const next = here + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) { document.getElementById("search")?.focus(); } else { links[Math.min(next, links.length - 1)].focus(); }
    event.preventDefault();
  });

  // Live: what changed is underlined for a moment, open lists stay open, a lost line is said.
  let before = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "board") return;
    const status = event.detail.xhr.status;
    if (status === 401 || status === 403) { event.detail.shouldSwap = false; location.reload(); return; }
    if (status >= 400) { event.detail.shouldSwap = false; return; }
    before = { texts: new Map(), rows: new Set(), open: [], sentence: document.getElementById("sentence")?.textContent, search: event.detail.requestConfig.elt.id === "search" };
    for (const each of document.querySelectorAll("#board [data-live]")) before.texts.set(each.id, each.textContent);
    for (const each of document.querySelectorAll("#board tr.danger")) before.rows.add(each.id);
    for (const each of document.querySelectorAll("#board details[open]")) before.open.push(each.id);
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (!before) return;
    const known = before;
    before = null;
    for (const id of known.open) { const list = document.getElementById(id); if (list) list.open = true; }
    const sentence = document.getElementById("sentence")?.textContent;
    if (sentence && sentence !== known.sentence) { announce(sentence); document.title = document.title.replace(known.sentence, sentence); }
    if (known.search) return;
    const changed = Array.from(document.querySelectorAll("#board [data-live]")).filter((each) => known.texts.has(each.id) && known.texts.get(each.id) !== each.textContent);
    for (const each of changed) each.classList.add("changed");
    for (const each of document.querySelectorAll("#board tr.danger")) if (!known.rows.has(each.id)) each.classList.add("arrived");
    setTimeout(() => { for (const each of changed) each.classList.remove("changed"); }, 3000);
  });

  // The domain clock goes on between two answers, at its own speed, in Vietnam's time.
  let contact = Date.now();
  const shownTime = () => document.getElementById("clock")?.textContent.slice(-5) || "";
  let heard = shownTime();
  const two = (number) => String(number).padStart(2, "0");
  setInterval(() => {
    const clock = document.getElementById("clock");
    if (!clock || Number(clock.dataset.speed) === 0) return;
    const at = new Date(Number(clock.dataset.milliseconds) + (Date.now() - contact) * Number(clock.dataset.speed) + 7 * 3600e3);
    clock.textContent = "";
    const hour = document.createElement("b");
    hour.textContent = two(at.getUTCHours()) + ":" + two(at.getUTCMinutes());
    clock.append(two(at.getUTCDate()) + "/" + two(at.getUTCMonth() + 1) + "/" + at.getUTCFullYear() + " ", hour);
  }, 1000);
  // The swap of the clock itself: from here its moment counts.
  document.addEventListener("htmx:oobAfterSwap", (event) => { if (event.detail.target.id === "clock") contact = Date.now(); });

  function lost() {
    const banner = document.getElementById("offline");
    if (!banner || !banner.hidden) return;
    document.getElementById("offline-since").textContent = heard;
    banner.hidden = false;
  }
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) lost(); });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.xhr.status >= 500) return;
    heard = shownTime();
    const banner = document.getElementById("offline");
    if (banner) banner.hidden = true;
  });
  addEventListener("offline", lost);
})();
