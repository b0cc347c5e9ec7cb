"use strict";
// The essay's letters and formulas, and tables of numbers.

/** A letter with its layer above and its place below: W⁽⁰⁾, a₃. */
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
  quadratic: ["c = Σ (ŷ − y)²", (y, wanted) => (y - wanted) ** 2],
  "cross-entropy": [
    "c = −Σ (y ln ŷ + (1 − y) ln (1 − ŷ))",
    (y, wanted) => -Math.log(Math.max(wanted ? y : 1 - y, 1e-12)),
  ],
  "softmax-cross-entropy": [
    "c = −Σ y ln ŷ",
    (y, wanted) => (wanted ? -Math.log(Math.max(y, 1e-12)) : 0),
  ],
};

const signed = (x) => (x >= 0 ? `+ ${shown(x)}` : `− ${shown(-x)}`);

/** A table of numbers; a flat one stands on its side where there is room. */
function numbers(heads, rows, flat) {
  const table = make("table", { className: flat ? "numbers flat" : "numbers" });
  if (flat) {
    heads.forEach((head, k) =>
      table.append(
        make(
          "tr",
          {},
          make("th", { scope: "row" }, head),
          ...rows.map((row) => make("td", {}, row[k])),
        ),
      ),
    );
  } else {
    table.append(make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head))));
    rows.forEach((row) =>
      table.append(make("tr", {}, ...row.map((field) => make("td", {}, field)))),
    );
  }
  return make(
    "div",
    { className: "wide", tabIndex: 0, role: "region", "aria-label": "Numbers" },
    table,
  );
}
