"use strict";
// The essay's letters and formulas, and tables of numbers.

/** A letter with its layer as superscript and its index as subscript: W⁽⁰⁾, a₃. */
function letter(name, above, below) {
  const parts = [make("i", {}, name)];
  if (above !== undefined) parts.push(make("sup", {}, `(${above})`));
  if (below !== undefined) parts.push(make("sub", {}, String(below)));
  return make("span", { className: "letter" }, ...parts);
}

const FORMULAS = {
  sigmoid: "f(z) = 1 / (1 + e⁻ᶻ)",
  relu: "f(z) = max(0, z)",
  tanh: "f(z) = tanh z",
  "leaky-relu": "f(z) = z, or 0.2 z below 0",
  step: "f(z) = 1 above 0, else 0",
  softmax: "f(z)ᵢ = eᶻⁱ / Σ eᶻ",
};
const COSTS = {
  quadratic: ["c = Σ (ŷ − y)²", (y, target) => (y - target) ** 2],
  "cross-entropy": [
    "c = −Σ (y ln ŷ + (1 − y) ln (1 − ŷ))",
    (y, target) => -Math.log(Math.max(target ? y : 1 - y, 1e-12)),
  ],
  "softmax-cross-entropy": [
    "c = −Σ y ln ŷ",
    (y, target) => (target ? -Math.log(Math.max(y, 1e-12)) : 0),
  ],
};

const signed = (x) => (x >= 0 ? `+ ${shown(x)}` : `− ${shown(-x)}`);

/** A table of numbers, with a head for each column; a flat one has its heads at the left. */
function numbers(heads, rows, flat) {
  const cells = (row) => row.map((field) => make("td", {}, field));
  const head = (scope, name) => make("th", { scope }, name);
  const lines = flat
    ? heads.map((name, k) => [head("row", name), ...cells(rows.map((row) => row[k]))])
    : [heads.map((name) => head("col", name)), ...rows.map(cells)];
  const table = make("table", { className: flat ? "numbers flat" : "numbers" });
  table.append(...lines.map((line) => make("tr", {}, ...line)));
  const scrolled = { className: "wide", tabIndex: 0, role: "region", "aria-label": "Numbers" };
  return make("div", scrolled, table);
}
