"use strict";
// The slider of time: how the network learned, from its first random weights to its last.

const FRAME = 700; // milliseconds of a moment in the film
const time = { row: null, chart: null, slider: null, play: null, said: null, timer: 0 };

/** Build the section; `go` is called with the moment that is to be shown. */
function buildTime(go) {
  const section = byId("time");
  const head = make("h2", { id: "time-head" }, "How it learned");
  if (!model.history) {
    section.append(
      head,
      make(
        "p",
        {},
        "This model has no record of its training, so there is nothing to wind back. A model that you train has one: run ",
        make("code", {}, "digitnet train"),
        ", then ",
        make("code", {}, "digitnet draw"),
        ".",
      ),
    );
    return;
  }
  time.chart = make("div", { className: "chart" });
  time.said = make("p", { className: "said" });
  time.row = make("div", { className: "row" }, head, time.said);
  section.append(time.row, time.chart);
  if (moments.length) {
    buildSlider(go);
  } else {
    const why = model.history.kept
      ? "This browser is too old to unpack the slider of time: a newer one has it."
      : "Of a network of so many weights only the curves are kept, and so there is no slider.";
    section.append(make("p", { className: "small" }, why));
  }
  new ResizeObserver(() => drawCurves()).observe(time.chart);
}

function buildSlider(go) {
  const last = moments.length - 1;
  time.slider = make("input", { type: "range", min: 0, max: last, step: 1, value: last });
  time.slider.setAttribute("aria-label", "Moment of the training");
  time.play = make("button", { type: "button", className: "play" });
  time.slider.addEventListener("input", () => {
    stop();
    go(Number(time.slider.value));
  });
  time.play.addEventListener("click", () => (calm() ? step(go) : playOrStop(go)));
  time.row.insertBefore(time.play, time.said);
  time.row.after(make("div", { className: "film" }, time.slider));
  stop();
}

function step(go) {
  const next = Number(time.slider.value) + 1;
  go(next > moments.length - 1 ? 0 : next);
}

function playOrStop(go) {
  if (time.timer) {
    stop();
    return;
  }
  if (Number(time.slider.value) === moments.length - 1) go(0);
  time.timer = setInterval(() => {
    step(go);
    if (Number(time.slider.value) === moments.length - 1) stop();
  }, FRAME);
  time.play.textContent = "Stop";
}

function stop() {
  clearInterval(time.timer);
  time.timer = 0;
  time.play.textContent = calm() ? "Next moment" : "Play";
}

/** An epoch in words: "untrained", "after 1/8 epoch", "after 3 epochs". */
function epochName(epoch) {
  if (epoch === 0) return "untrained";
  return epoch < 1 ? `after ${fraction(epoch)} epoch` : `after ${counted(epoch, "epoch")}`;
}

function fraction(epoch) {
  const parts = Math.round(1 / epoch);
  return epoch < 1 && Math.abs(parts * epoch - 1) < 1e-6 ? `1/${parts}` : String(epoch);
}

/** Say which moment is shown, and what it scored. */
function tellMoment(k) {
  if (!model.history) return;
  const { report } = moments.length ? moments[k] : { report: model.history.reports.at(-1) };
  const score = report.validation_accuracy;
  const scored = score === null ? "" : `${percent(score)} of the digits held out, `;
  const said = `${epochName(report.epoch)}: ${scored}cost ${shown(report.cost, 3)}`;
  time.said.textContent = said.charAt(0).toUpperCase() + said.slice(1);
  if (!moments.length) return;
  time.slider.value = k;
  time.slider.setAttribute("aria-valuetext", said);
  drawCurves();
}

/** Both curves over the moments, which are as far apart as the slider's steps. */
function drawCurves() {
  const reports = moments.length ? moments.map((moment) => moment.report) : model.history.reports;
  const width = time.chart.clientWidth;
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
  svg.setAttribute(
    "aria-label",
    "Share of digits read right, rising, and cost, falling, over the epochs",
  );
  const costs = reports.map((report) => report.cost);
  const scores = reports.map((report) => report.validation_accuracy);
  axes(svg, box, Math.max(...costs), reports, x);
  curveOf(
    svg,
    costs.map((cost) => cost / Math.max(...costs)),
    x,
    box,
    "cost",
  );
  curveOf(svg, scores, x, box, "score");
  if (moments.length) {
    const now = x(Number(time.slider.value));
    svg.append(drawn("line", { x1: now, x2: now, y1: box.top, y2: box.bottom, class: "now" }));
  }
  time.chart.replaceChildren(svg);
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
