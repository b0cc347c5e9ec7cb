"use strict";
// The paper, drawn on by mouse, pen, finger or keys; undo and clear.

const pen = { x: INK_SIDE / 2, y: INK_SIDE / 2, down: null, shown: false };

function showPaper() {
  const canvas = byId("paper");
  const side = canvas.clientWidth;
  const context = sharp(canvas, side, side);
  context.scale(side / INK_SIDE, side / INK_SIDE);
  paint(context, colour("ink"));
  if (pen.shown) {
    context.strokeStyle = css(colour(pen.down ? "blue" : "soft"));
    context.lineWidth = 2;
    context.beginPath();
    context.arc(pen.x, pen.y, PEN / 2 + 3, 0, 2 * Math.PI);
    context.stroke();
  }
  const empty = !visible().length;
  byId("hint").hidden = !empty;
  for (const id of ["clear", "save"]) byId(id).disabled = empty;
  byId("undo").disabled = !marks.length;
}

function changed() {
  now.output = null;
  byId("trouble").textContent = "";
  refresh();
}

function undo() {
  marks.pop();
  changed();
}

function clear() {
  if (visible().length) marks.push({ cleared: true });
  changed();
}

/** Mouse, pen and finger: a stroke from pointer down to pointer up. */
function drawByPointer() {
  const canvas = byId("paper");
  let [mark, pointer] = [null, null];
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top].map(
      (x) => (x * INK_SIDE) / box.width,
    );
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (mark || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    [mark, pointer] = [{ points: [at(event)] }, event.pointerId];
    pen.shown = false;
    marks.push(mark);
    changed();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length ? events : [event]) mark.points.push(at(one));
    refresh();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      if (event.pointerId === pointer) [mark, pointer] = [null, null];
    });
  }
}

/** Arrows move the pen, space sets it down or lifts it. */
function drawByKeys() {
  const canvas = byId("paper");
  const steps = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] };
  canvas.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step && event.key !== " ") return;
    event.preventDefault();
    pen.shown = true;
    if (step) {
      pen.x = clipped(pen.x + step[0], PEN, INK_SIDE - PEN);
      pen.y = clipped(pen.y + step[1], PEN, INK_SIDE - PEN);
      pen.down?.points.push([pen.x, pen.y]);
    } else if (pen.down) {
      pen.down = null;
    } else {
      pen.down = { points: [[pen.x, pen.y]] };
      marks.push(pen.down);
    }
    changed();
  });
  canvas.addEventListener("blur", () => {
    [pen.down, pen.shown] = [null, false];
    refresh();
  });
}
