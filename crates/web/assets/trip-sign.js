// A hand on the screen: strokes of points in a box of 1000 by 400, written into a hidden field as text.
"use strict";
for (const pad of document.querySelectorAll("[data-sign]")) {
  const canvas = pad.querySelector("canvas");
  const field = pad.querySelector("input[type=hidden]");
  const pen = canvas.getContext("2d");
  const MOST = 5500;
  let strokes = [];
  let points = 0;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [within(((event.clientX - box.left) / box.width) * 1000, 1000), within(((event.clientY - box.top) / box.height) * 400, 400)];
  };
  const draw = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 6;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const stroke of strokes) {
      pen.beginPath();
      pen.moveTo(...stroke[0]);
      for (const point of stroke) pen.lineTo(...point);
      pen.stroke();
    }
  };
  const write = () => { field.value = strokes.map((stroke) => stroke.map((point) => point.join(",")).join(" ")).join(";"); };
  let drawing = false;
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    strokes.push([place(event)]);
    points += 1;
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || points >= MOST) return;
    const now = place(event);
    const stroke = strokes[strokes.length - 1];
    const last = stroke[stroke.length - 1];
    if (last[0] === now[0] && last[1] === now[1]) return;
    stroke.push(now);
    points += 1;
    draw();
  });
  const end = () => { if (drawing) { drawing = false; write(); } };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  pad.querySelector("[data-clear]").addEventListener("click", () => { strokes = []; points = 0; field.value = ""; draw(); });
}
