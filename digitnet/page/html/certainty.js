"use strict";
// Confidence, and why an answer is not sure. Parity: model/certainty.py, model/doubt.py and
// numbers/hypotheses.py, reading/picture_doubt.py, which describe the limits.

const LEAST_OUTPUT = 1e-6;
const LEAST_SURPRISE = 1e-9;

/** p_i = a_i^(1/T) / Σ_j a_j^(1/T). */
function certaintiesOf(outputs) {
  const { temperature } = model.certainty;
  const logs = Array.from(outputs, (a) => Math.log(Math.max(a, LEAST_OUTPUT)) / temperature);
  return [...ACTIVATIONS.softmax(logs)];
}

/** The digits, the highest confidence first. */
function ranked(certainties) {
  return certainties.map((_, d) => d).sort((a, b) => certainties[b] - certainties[a] || a - b);
}

/** Whether the confidence and the lead of the largest output suffice. */
function suffices(outputs, certainties) {
  const { threshold, lead } = model.certainty;
  const largest = Math.max(...certainties);
  const [first, second] = [...outputs].sort((a, b) => b - a);
  return largest >= threshold && largest > LIMITS.FLOOR && first - second >= lead;
}

/** Why an answer is not sure, in a few words; null if it is sure. */
function doubt(outputs, certainties, limits = LIMITS.doubt) {
  if (model.accuracy !== null && model.accuracy < limits.weak) {
    return `the model is weak: it reads ${percent(model.accuracy)} of its test digits`;
  }
  if (suffices(outputs, certainties)) return null;
  const [first, second] = ranked(certainties);
  if (certainties[first] + certainties[second] <= LIMITS.FLOOR) {
    return "no digit stands out";
  }
  if (certainties[second] >= limits.close * certainties[first]) {
    return `two digits are close: ${first} or ${second}`;
  }
  if (certainties[second] >= limits.likely) {
    return `it may also be ${second === 8 ? "an" : "a"} ${second}`;
  }
  return `it does not look like a usual ${first}`;
}

/** -ln(p a) in nats: how unlikely it is that this is a digit, and this one. */
function surprise({ digit, certainties, outputs }) {
  const likely = certainties[digit] * Math.min(outputs[digit], 1);
  return -Math.log(Math.max(likely, LEAST_SURPRISE));
}

const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)}%`;
