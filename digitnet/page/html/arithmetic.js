"use strict";
// The arithmetic of the last answer, step by step, in the essay's letters.

const TERMS = 15; // terms of a sum that are written out: those that count most

/** Write it all anew for this reading; `output` is the one whose sum is written out. */
function tellArithmetic(network, reading, output) {
  const section = byId("arithmetic");
  const head = make("h2", { id: "arithmetic-head" }, "The arithmetic of this answer");
  if (!reading) {
    section.replaceChildren(
      head,
      make("p", {}, "Draw a digit, and every number on its way to the answer stands here."),
    );
    return;
  }
  const of = output ?? reading.digit;
  const steps = [inputsStep(reading)];
  for (let n = 0; n < LAST; n++) steps.push(layerStep(reading, n));
  steps.push(outputStep(network, reading, of), certaintyStep(reading), costStep(reading));
  section.replaceChildren(head, make("ol", { className: "steps" }, ...steps));
}

function inputsStep(reading) {
  const { X } = reading.pass;
  const what =
    model.inputs === "pixels"
      ? "the brightness of each of 28 × 28 pixels, from 0 to 1"
      : "how much edge of a stroke there is of each of 8 directions in each of 7 × 7 places";
  const others = X.filter((x) => x !== 0).length;
  return make(
    "li",
    {},
    make("h3", {}, "The input"),
    make(
      "p",
      {},
      letter("X"),
      `: ${X.length} numbers, ${what}. Of your drawing ${others} of them are not 0; the largest is ${shown(Math.max(...X))}.`,
    ),
  );
}

function layerStep(reading, n) {
  const before = n ? letter("A", n - 1) : letter("X");
  const [Z, A] = [reading.pass.Z[n], reading.pass.A[n]];
  const order = [...A.keys()]
    .sort((a, b) => Math.abs(A[b]) - Math.abs(A[a]))
    .slice(0, TERMS)
    .sort((a, b) => a - b);
  const rows = order.map((i) => [String(i), shown(Z[i]), shown(A[i])]);
  const which = A.length > TERMS ? ` The ${TERMS} that are most awake of ${A.length}:` : "";
  return make(
    "li",
    {},
    make("h3", {}, `Layer ${n}`),
    make(
      "p",
      { className: "formula" },
      letter("Z", n),
      " = ",
      letter("W", n),
      " · ",
      before,
      " + ",
      letter("B", n),
      ",  ",
      letter("A", n),
      " = f(",
      letter("Z", n),
      ")",
    ),
    make(
      "p",
      {},
      `Each neuron adds up its inputs, each times its weight, and its bias; then ${FORMULAS[model.fs[n]]}.${which}`,
    ),
    numbers(["neuron", letter("z"), letter("a")], rows, false),
  );
}

function outputStep(network, reading, of) {
  const from = LAST ? reading.pass.A[LAST - 1] : reading.pass.X;
  const w = weightsOf(network, LAST, of);
  const terms = Array.from(w, (weight, j) => ({ j, weight, a: from[j], value: weight * from[j] }));
  terms.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const rows = terms
    .slice(0, TERMS)
    .map(({ j, weight, a, value }) => [String(j), shown(weight), shown(a), signed(value)]);
  const rest = terms.slice(TERMS);
  if (rest.length)
    rows.push([
      `${rest.length} others`,
      "",
      "",
      signed(rest.reduce((sum, { value }) => sum + value, 0)),
    ]);
  rows.push([letter("b"), "", "", signed(network.B[LAST][of])]);
  rows.push([make("b", {}, letter("z")), "", "", make("b", {}, signed(reading.pass.Z[LAST][of]))]);
  const choice = make(
    "select",
    { id: "output" },
    ...Array.from({ length: 10 }, (_, d) =>
      make("option", { value: d, selected: d === of }, String(d)),
    ),
  );
  return make(
    "li",
    {},
    make("h3", {}, make("label", { htmlFor: "output" }, "The output for "), choice),
    make(
      "p",
      { className: "formula" },
      letter("z", LAST, of),
      " = Σ ",
      letter("w"),
      " ",
      letter("a"),
      " + ",
      letter("b"),
      ",  ",
      letter("ŷ", undefined, of),
      " = f(",
      letter("z"),
      ")",
    ),
    make(
      "p",
      {},
      LAST
        ? "What each neuron says, times how much this output listens to it:"
        : "Each input, times how much this output listens to it:",
    ),
    numbers(
      [
        LAST ? "neuron" : "input",
        letter("w"),
        LAST ? letter("a") : letter("x"),
        "w · " + (LAST ? "a" : "x"),
      ],
      rows,
      false,
    ),
    make(
      "p",
      {},
      `With ${FORMULAS[model.fs[LAST]]}: `,
      letter("ŷ", undefined, of),
      ` = ${shown(reading.outputs[of], 4)}. The largest of the ten outputs is the answer: ${reading.digit}.`,
    ),
  );
}

function certaintyStep(reading) {
  const { temperature, threshold, lead } = model.certainty;
  const [first, second] = ranked(reading.certainties);
  const gap = reading.outputs[first] - reading.outputs[second];
  const enough = `Sure is an answer whose output leads the second by ${shown(lead, 3)} and whose certainty is above ${percent(Math.max(FLOOR, threshold), 0)}; here ${first} leads ${second} by ${shown(gap, 3)}, with ${percent(reading.certainties[first])}`;
  return make(
    "li",
    {},
    make("h3", {}, "How certain"),
    make(
      "p",
      { className: "formula" },
      letter("p", undefined, "i"),
      " = ",
      letter("ŷ", undefined, "i"),
      make("sup", {}, "1/T"),
      " / Σ ",
      letter("ŷ"),
      make("sup", {}, "1/T"),
      `,  T = ${shown(temperature)}`,
    ),
    make(
      "p",
      {},
      `Certainties sum to 1. T was chosen on digits that were held out, so that of all answers of 90% nine in ten are right. ${enough}: ${reading.why ? `not sure, ${reading.why}` : "sure"}.`,
    ),
  );
}

function costStep(reading) {
  const [formula, part] = COSTS[model.cost];
  const cost = (d) => [...reading.outputs].reduce((sum, y, i) => sum + part(y, i === d ? 1 : 0), 0);
  const rows = [...Array(10).keys()].map((d) => [String(d), shown(cost(d), cost(d) < 10 ? 2 : 1)]);
  return make(
    "li",
    {},
    make("h3", {}, "What training would have made of it"),
    make("p", { className: "formula" }, formula),
    make(
      "p",
      {},
      "This page trains nothing. In training, the label says which output should be 1 and which 0, and every weight is moved so that the cost falls. Had you meant this digit, the cost would be:",
    ),
    numbers(["digit", letter("c")], rows, true),
  );
}
