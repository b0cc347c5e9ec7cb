"use strict";
// The arithmetic of the last answer, step by step, in the essay's letters.

const TERMS = 15; // terms of a sum that are written out: the largest

/** Write everything for this reading; `output` is the one whose sum is written out. */
function showArithmetic(network, reading, output) {
  const head = make("h2", { id: "arithmetic-head" }, "The arithmetic of this answer");
  const body = reading
    ? make("ol", { className: "steps" }, ...stepsOf(network, reading, output ?? reading.digit))
    : paragraph("Draw a digit to see every number between it and the answer.");
  byId("arithmetic").replaceChildren(head, body);
}

function stepsOf(network, reading, output) {
  return [
    inputsStep(reading),
    ...[...Array(LAST).keys()].map((n) => layerStep(reading, n)),
    outputStep(network, reading, output),
    certaintyStep(reading),
    costStep(reading),
  ];
}

const step = (head, ...parts) => make("li", {}, make("h3", {}, head), ...parts);
const formula = (...parts) => make("p", { className: "formula" }, ...parts);

function inputsStep(reading) {
  const { X } = reading.pass;
  const what =
    model.inputs === "pixels"
      ? "the brightness of each of 28 × 28 pixels, from 0 to 1"
      : `the gradient of the brightness in each of ${ORIENTATIONS} orientations and ${CELLS} × ${CELLS} cells`;
  const count = X.filter((x) => x !== 0).length;
  const most = shown(Math.max(...X));
  return step(
    "The input",
    paragraph(letter("X"), `: ${X.length} numbers, ${what}. Not 0: ${count}; largest: ${most}.`),
  );
}

function layerStep(reading, n) {
  const [Z, A] = [reading.pass.Z[n], reading.pass.A[n]];
  const order = [...A.keys()].sort((a, b) => Math.abs(A[b]) - Math.abs(A[a])).slice(0, TERMS);
  const rows = order.sort((a, b) => a - b).map((i) => [String(i), shown(Z[i]), shown(A[i])]);
  const before = n ? letter("A", n - 1) : letter("X");
  const [z, a, w, b] = ["Z", "A", "W", "B"].map((name) => letter(name, n));
  const which = A.length > TERMS ? ` The ${TERMS} largest of ${A.length}:` : "";
  return step(
    `Layer ${n}`,
    formula(z, " = ", w, " · ", before, " + ", b, ",  ", a, " = f(", z.cloneNode(true), ")"),
    paragraph(
      `A neuron sums its inputs, each times its weight, and its bias; ${FORMULAS[model.fs[n]]}.${which}`,
    ),
    numbers(["neuron", letter("z"), letter("a")], rows, false),
  );
}

function outputStep(network, reading, of) {
  const [from, input, name] = LAST
    ? [reading.pass.A[LAST - 1], "neuron", "a"]
    : [reading.pass.X, "input", "x"];
  const w = weightsOf(network, LAST, of);
  const terms = Array.from(w, (weight, j) => ({ j, weight, a: from[j], value: weight * from[j] }));
  terms.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const rows = terms
    .slice(0, TERMS)
    .map(({ j, weight, a, value }) => [String(j), shown(weight), shown(a), signed(value)]);
  const others = terms.slice(TERMS);
  const rest = others.reduce((sum, { value }) => sum + value, 0);
  if (others.length) rows.push([`${others.length} others`, "", "", signed(rest)]);
  rows.push([letter("b"), "", "", signed(network.B[LAST][of])]);
  rows.push([make("b", {}, letter("z")), "", "", make("b", {}, signed(reading.pass.Z[LAST][of]))]);
  const y = letter("ŷ", undefined, of);
  return step(
    make("label", { htmlFor: "output" }, "The output for ", chosenOutput(of)),
    formula(
      ...[letter("z", LAST, of), " = Σ ", letter("w"), " ", letter(name), " + ", letter("b")],
      ...[",  ", y, " = f(", letter("z"), ")"],
    ),
    numbers([input, letter("w"), letter(name), `w · ${name}`], rows, false),
    paragraph(
      `With ${FORMULAS[model.fs[LAST]]}: `,
      y.cloneNode(true),
      ` = ${shown(reading.outputs[of], 4)}. The largest of the ten outputs is the answer: ${reading.digit}.`,
    ),
  );
}

function chosenOutput(of) {
  const option = (_, d) => make("option", { value: d, selected: d === of }, String(d));
  return make("select", { id: "output" }, ...Array.from({ length: 10 }, option));
}

function certaintyStep(reading) {
  const { temperature, threshold, lead } = model.certainty;
  const [first, second] = ranked(reading.certainties);
  const gap = shown(reading.outputs[first] - reading.outputs[second], 3);
  const least = percent(Math.max(LIMITS.FLOOR, threshold), 0);
  const p = letter("p", undefined, "i");
  const y = [letter("ŷ", undefined, "i"), letter("ŷ")];
  const power = () => make("sup", {}, "1/T");
  return step(
    "Confidence",
    formula(p, " = ", y[0], power(), " / Σ ", y[1], power(), `,  T = ${shown(temperature)}`),
    paragraph(
      "The ten confidences sum to 1. T was fitted on digits held out, so that nine in ten answers of 90% are right.",
    ),
    paragraph(
      `An answer is sure if its confidence is above ${least} and its output leads the second by ${shown(lead, 3)}. Here ${first} leads ${second} by ${gap}, with ${confidenceIn(reading)}: ${sureness(reading)}.`,
    ),
  );
}

function costStep(reading) {
  const [c, part] = COSTS[model.cost];
  const cost = (d) => [...reading.outputs].reduce((sum, y, i) => sum + part(y, i === d ? 1 : 0), 0);
  const rows = [...Array(10).keys()].map((d) => [String(d), shown(cost(d), cost(d) < 10 ? 2 : 1)]);
  return step(
    "The cost in training",
    formula(c),
    paragraph(
      "This page trains nothing. In training, the target is 1 for the label’s output and 0 for the others, and every weight moves so that the cost falls. The cost of your drawing for each label:",
    ),
    numbers(["label", letter("c")], rows, true),
  );
}
