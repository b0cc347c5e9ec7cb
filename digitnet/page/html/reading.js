"use strict";
// From ink to an answer: form, input, activations, confidence. Parity, and descriptions of the
// limits: model/digit.py, numbers/hypotheses.py and reading/picture_doubt.py. The page has no
// sequence model: pieces are scored by the single-digit model alone, and one digit not favoured.

/** Read a digit in MNIST's form. */
function readForm(network, form) {
  const seen = momentNormalise(form, model.normalisation);
  const pass = forward(network, model.fs, INPUTS[model.inputs](seen));
  const outputs = pass.A[pass.A.length - 1];
  const certainties = certaintiesOf(outputs);
  const digit = outputs.indexOf(Math.max(...outputs));
  return { form, seen, pass, outputs, certainties, digit, why: doubt(outputs, certainties) };
}

/** Read the drawing as one digit; null if it is empty. */
function readInk(network, drawn) {
  if (!inkBox(drawn)) return null;
  const ink = findInk(drawn);
  const whole = readForm(network, toMnist(ink));
  const lines = findLines(ink);
  return { ...whole, why: pictureDoubt(lines, hypotheses(network, whole, lines)) ?? whole.why };
}

/** What the drawing may show, the likeliest first: one digit, that digit turned, or its pieces. */
function hypotheses(network, whole, lines, limits = LIMITS.hypotheses) {
  const found = [{ nats: -surprise(whole) }];
  if (surprise(whole) > limits.turned) {
    const left = rot90(whole.form);
    for (const form of [left, rot90(rot90(left))]) {
      const side = readForm(network, form);
      const nats = -surprise(side) - limits.turned;
      if (side.digit !== whole.digit) found.push({ nats, turned: true });
    }
  }
  if (lines.flat().length > 1) {
    const read = lines.map((line) => line.map(({ ink }) => readForm(network, toMnist(ink))));
    const nats = read.flat().reduce((sum, digit) => sum - surprise(digit), 0);
    found.push({ nats, numbers: read.map((line) => line.map(({ digit }) => digit).join("")) });
  }
  const probabilities = ACTIVATIONS.softmax(found.map(({ nats }) => nats));
  return found
    .map((one, i) => ({ ...one, probability: probabilities[i] }))
    .sort((a, b) => b.probability - a.probability);
}

/** What is wrong with the drawing as a whole, in a few words; null where nothing is. */
function pictureDoubt(lines, [best, ...others], limits = LIMITS.certainty) {
  const bottom = (line) => Math.max(...line.map(({ box }) => box[3]));
  const top = (line) => Math.min(...line.map(({ box }) => box[1]));
  const height = Math.max(...lines.map((line) => bottom(line) - top(line)));
  if (height < limits.lowest) return `the writing is ${height} pixels high, too small to tell`;
  if (best.numbers || lines.flat().length > LIMITS.hypotheses.broken) {
    return "there seem to be several digits, and this page reads one";
  }
  const other = best.turned ? best : others.find(({ probability }) => probability >= limits.likely);
  if (!other) return null;
  if (other.turned) return "the picture may be turned";
  return `it may also be the number ${other.numbers.join(" ")}`;
}
