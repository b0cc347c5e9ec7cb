"use strict";
// The course of the training: a slider of its snapshots, and the curves of cost and accuracy.

const FRAME = 700; // milliseconds of a snapshot in the film
const training = { row: null, chart: null, slider: null, play: null, caption: null, timer: 0 };

/** Build the section; `go` is called with the snapshot to show. */
function buildTraining(go) {
  const section = byId("training");
  const head = make("h2", { id: "training-head" }, "How it learned");
  if (!model.history) {
    const [train, draw] = ["digitnet train", "digitnet draw"].map((one) => make("code", {}, one));
    const why = "This model has no record of its training. To see one, run ";
    section.append(head, paragraph(why, train, ", then ", draw, "."));
    return;
  }
  training.chart = make("div", { className: "chart" });
  training.caption = make("p", { className: "caption" });
  training.row = make("div", { className: "row" }, head, training.caption);
  section.append(training.row, training.chart);
  if (snapshots.length) {
    buildSlider(go);
  } else {
    const why = model.history.kept
      ? "This browser is too old to unpack the snapshots of the weights: a newer one has a slider."
      : "Of so large a network no snapshots are kept, so there is no slider.";
    section.append(make("p", { className: "small" }, why));
  }
  new ResizeObserver(() => drawCurves()).observe(training.chart);
}

function buildSlider(go) {
  const last = snapshots.length - 1;
  training.slider = make("input", { type: "range", min: 0, max: last, step: 1, value: last });
  training.slider.setAttribute("aria-label", "Snapshot of the training");
  training.play = make("button", { type: "button", className: "play" });
  training.slider.addEventListener("input", () => {
    stop();
    go(Number(training.slider.value));
  });
  training.play.addEventListener("click", () => (isStill() ? next(go) : playOrStop(go)));
  training.row.insertBefore(training.play, training.caption);
  training.row.after(make("div", { className: "film" }, training.slider));
  stop();
}

const isLast = () => Number(training.slider.value) === snapshots.length - 1;

function next(go) {
  go(isLast() ? 0 : Number(training.slider.value) + 1);
}

function playOrStop(go) {
  if (training.timer) {
    stop();
    return;
  }
  if (isLast()) go(0);
  training.timer = setInterval(() => {
    next(go);
    if (isLast()) stop();
  }, FRAME);
  training.play.textContent = "Stop";
}

function stop() {
  clearInterval(training.timer);
  training.timer = 0;
  training.play.textContent = isStill() ? "Next snapshot" : "Play";
}

/** An epoch in words: "untrained", "after 1/8 epoch", "after 3 epochs". */
function epochName(epoch) {
  if (epoch === 0) return "untrained";
  return `after ${epoch < 1 ? `${fraction(epoch)} epoch` : counted(epoch, "epoch")}`;
}

function fraction(epoch) {
  const parts = Math.round(1 / epoch);
  return epoch < 1 && Math.abs(parts * epoch - 1) < 1e-6 ? `1/${parts}` : String(epoch);
}

/** Show which snapshot it is, and what it scored. */
function showSnapshot(k) {
  if (!model.history) return;
  const { report } = snapshots[k] ?? { report: model.history.reports.at(-1) };
  const score = report.validation_accuracy;
  const scored = score === null ? "" : `${percent(score)} of the validation digits, `;
  const caption = `${epochName(report.epoch)}: ${scored}cost ${shown(report.cost, 3)}`;
  training.caption.textContent = caption.charAt(0).toUpperCase() + caption.slice(1);
  if (!snapshots.length) return;
  training.slider.value = k;
  training.slider.setAttribute("aria-valuetext", caption);
  drawCurves();
}

/** Both curves, over snapshots that are as far apart as the slider's steps. */
function drawCurves() {
  const reports = snapshots.length ? snapshots.map(({ report }) => report) : model.history.reports;
  const width = training.chart.clientWidth;
  if (!width) return;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const height = 9 * rem;
  const box = {
    left: 2.6 * rem,
    right: width - 2.4 * rem,
    top: 0.7 * rem,
    bottom: height - 1.5 * rem,
  };
  const x = (k) => box.left + ((box.right - box.left) * k) / Math.max(1, reports.length - 1);
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img" });
  svg.setAttribute("aria-label", "Validation accuracy, rising, and cost, falling, by epoch");
  const costs = reports.map(({ cost }) => cost);
  const highest = Math.max(...costs);
  const scores = reports.map((report) => report.validation_accuracy);
  axes(svg, box, highest, reports, x);
  curveOf(
    svg,
    costs.map((cost) => cost / highest),
    x,
    box,
    "cost",
  );
  curveOf(svg, scores, x, box, "score");
  if (snapshots.length) {
    const now = x(Number(training.slider.value));
    svg.append(drawn("line", { x1: now, x2: now, y1: box.top, y2: box.bottom, class: "now" }));
  }
  training.chart.replaceChildren(svg);
}

function drawn(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function curveOf(svg, shares, x, box, name) {
  const points = shares
    .map((share, k) =>
      share === null ? null : `${x(k)},${box.bottom - share * (box.bottom - box.top)}`,
    )
    .filter((point) => point !== null);
  if (points.length) svg.append(drawn("polyline", { points: points.join(" "), class: name }));
}

function axes(svg, box, highest, reports, x) {
  for (const share of [0, 0.5, 1]) {
    const y = box.bottom - share * (box.bottom - box.top);
    svg.append(drawn("line", { x1: box.left, x2: box.right, y1: y, y2: y, class: "grid" }));
    svg.append(
      drawn(
        "text",
        { x: box.left - 6, y: y + 4, "text-anchor": "end", class: "score" },
        percent(share, 0),
      ),
    );
    svg.append(
      drawn("text", { x: box.right + 6, y: y + 4, class: "cost" }, shown(share * highest, 1)),
    );
  }
  let free = -Infinity;
  reports.forEach(({ epoch }, k) => {
    const word = epoch === 0 ? "untrained" : fraction(epoch);
    const half = 3.5 * word.length;
    if (x(k) - half < free) return;
    free = x(k) + half + 8;
    svg.append(drawn("text", { x: x(k), y: box.bottom + 16, "text-anchor": "middle" }, word));
  });
}
