// The screen on the wall: asks every few seconds, says when it cannot, comes back by itself, rings for a new alarm
// once somebody has allowed sound with one tap.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const wall = document.getElementById("wall");
  const lost = document.getElementById("wall-lost");
  const sound = document.getElementById("wall-sound");
  const every = 5000;
  let since = null;
  let audio = null;

  const state = () => document.getElementById("wall-state");
  const keys = () => new Set(state().dataset.alarms.split(" ").filter(Boolean));

  function ring() {
    if (!audio) return;
    for (const beat of [0, 0.35, 0.7]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = 740;
      volume.gain.setValueAtTime(0.25, audio.currentTime + beat);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + beat + 0.3);
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + beat);
      tone.stop(audio.currentTime + beat + 0.3);
    }
  }
  sound.addEventListener("click", () => {
    audio = new AudioContext();
    sound.textContent = sound.dataset.on;
    sound.disabled = true;
    ring();
  });

  async function look() {
    try {
      const answer = await fetch("/tuong/bang", { cache: "no-store", redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("wall-state");
      if (!next) throw new Error("empty");
      if (next.dataset.version !== state().dataset.version) { location.reload(); return; }
      const before = keys();
      wall.replaceChildren(document.adoptNode(next));
      if ([...keys()].some((key) => !before.has(key))) ring();
      since = null;
      lost.hidden = true;
    } catch {
      since = since || new Date();
      const time = since.toTimeString().slice(0, 5);
      lost.textContent = lost.dataset.words.replace("…", time);
      lost.hidden = false;
      document.body.classList.add("stale");
    }
    document.body.classList.toggle("stale", since !== null);
    setTimeout(look, every);
  }
  setTimeout(look, every);
})();
