"use strict";
// The network in the middle of the page: its input, neurons and outputs.

const stage = { elements: [], seen: null, orientations: null };
const LAST = model.fs.length - 1;
const LEAST_SHOWN = 0.0005; // confidence that is written beside its bar

/** Build the fixed elements: a button for each neuron, a row for each output. */
function buildStage(choose) {
  stage.seen = make("canvas", { "aria-hidden": "true" });
  byId("seen").append(make("p", { className: "small" }, "What it sees"), stage.seen);
  if (model.inputs === "orientations") {
    stage.orientations = make("canvas", { "aria-hidden": "true" });
    byId("seen").append(
      make("p", { className: "small" }, "as orientation features"),
      stage.orientations,
    );
  }
  model.fs.slice(0, -1).forEach((_, n) => byId("layers").append(column(n, choose)));
  stage.elements.push(Array.from({ length: 10 }, (_, i) => output(i, choose)));
  const across = model.layers.slice(1, -1).map(acrossOf);
  byId("layers").style.setProperty(
    "--across-all",
    across.reduce((sum, wide) => sum + wide, 0),
  );
  byId("layers").style.setProperty("--columns", across.length + 1);
  const kind = !LAST ? "flat" : Math.max(...across, across.length) > 2 ? "broad" : "narrow";
  byId("layers").parentElement.classList.add(kind);
}

/** Neurons side by side in a layer: one, or as many as make it three times as high as wide. */
function acrossOf(count) {
  return count <= 20 ? 1 : Math.ceil(Math.sqrt((0.3 * count) / LAST));
}

function column(n, choose) {
  const count = model.layers[n + 1];
  const wide = acrossOf(count);
  const name = `Layer ${n}: ${counted(count, "neuron")}`;
  const group = make("div", { className: "column", role: "group", "aria-label": name });
  group.style.setProperty("--across", wide);
  group.style.setProperty("--rows", Math.ceil(count / wide));
  const buttons = Array.from({ length: count }, (_, i) => {
    const button = make("button", { type: "button", className: "neuron", tabIndex: i ? -1 : 0 });
    if (!n) button.append(make("canvas", { "aria-hidden": "true" }));
    chosenBy(button, n, i, choose);
    return button;
  });
  byArrows(buttons, wide);
  stage.elements.push(buttons);
  group.append(...buttons);
  return group;
}

function output(i, choose) {
  const parts = {
    lamp: make("button", { type: "button", className: "neuron", tabIndex: i ? -1 : 0 }),
    bar: make("span", { className: "bar" }),
    share: make("span", { className: "share" }),
  };
  if (!LAST) parts.lamp.append(make("canvas", { "aria-hidden": "true" }));
  const row = make("li", {}, parts.lamp, make("b", {}, String(i)), parts.bar, parts.share);
  chosenBy(parts.lamp, LAST, i, choose);
  byId("outputs").append(row);
  Object.assign(parts.lamp, { row, bar: parts.bar, share: parts.share });
  if (i === 9) byArrows([...byId("outputs").querySelectorAll("button")], 1);
  return parts.lamp;
}

/** A neuron is chosen by pointing at it, by focus or by a click, which gives it the focus. */
function chosenBy(button, n, i, choose) {
  button.place = { n, i };
  button.setAttribute("aria-describedby", "neuron");
  button.addEventListener("pointerenter", () => choose(button.place));
  button.addEventListener("pointerleave", () => choose(document.activeElement.place ?? null));
  button.addEventListener("focus", () => choose(button.place));
  button.addEventListener("blur", () => choose(null));
  button.addEventListener("click", () => {
    button.focus();
    choose(button.place);
  });
}

/** One stop of the tab key for a group; arrows go from one to the next. */
function byArrows(buttons, across) {
  const steps = { ArrowDown: across, ArrowUp: -across, ArrowRight: 1, ArrowLeft: -1 };
  buttons.forEach((button, i) => {
    button.addEventListener("keydown", (event) => {
      const next = buttons[i + (steps[event.key] ?? NaN)];
      if (!next) return;
      event.preventDefault();
      button.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  });
}

/** Redraw all neurons' weights: for another snapshot, or in other colours. */
function showWeights(network) {
  stage.elements[0].forEach((button, i) => {
    drawWeights(button.querySelector("canvas"), weightsOf(network, 0, i));
  });
}

/** Show the activations of a reading; null for an empty paper. */
function showReading(reading) {
  const empty = new Uint8Array(SIDE * SIDE);
  drawLevels(stage.seen, reading ? reading.seen : empty);
  if (stage.orientations) {
    const x = reading ? reading.pass.X : new Float32Array(model.layers[0]);
    drawOrientations(stage.orientations, 140, x);
  }
  stage.elements.forEach((buttons, n) => {
    const A = reading ? reading.pass.A[n] : null;
    const most = A ? (n === LAST ? Math.max(1, largest(A)) : largest(A)) : 1;
    buttons.forEach((button, i) => {
      button.classList.toggle("resting", !A);
      button.style.setProperty("--lit", A ? clipped(A[i] / most, 0, 1) : 0);
      button.setAttribute("aria-label", nameOf(n, i) + (A ? `, at ${shown(A[i])}` : ""));
    });
  });
  stage.elements[LAST].forEach(({ row, bar, share }, i) => {
    const p = reading ? reading.certainties[i] : 0;
    bar.style.setProperty("--share", p);
    share.textContent = p >= LEAST_SHOWN ? percent(p, p < 0.0995 ? 1 : 0) : "";
    row.classList.toggle("first", reading?.digit === i);
  });
}

const nameOf = (n, i) =>
  n === LAST ? `Output for ${i}` : `Neuron ${i}${LAST > 1 ? ` of layer ${n}` : ""}`;
