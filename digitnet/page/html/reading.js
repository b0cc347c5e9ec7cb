"use strict";
// From ink to an answer: form, input, activations, confidence.
// Parity: model/digit.py and numbers/hypotheses.py.

const SEVERAL = "there seem to be several digits, and this page reads one";

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
  const reading = readForm(network, toMnist(ink));
  const lines = findLines(ink);
  const unsure = reading.why !== null || lines.flat().length > LIMITS.hypotheses.broken;
  if (unsure && holdsSeveral(lines)) return { ...reading, why: SEVERAL };
  return { ...reading, why: pictureDoubt(network, reading, ink.height) ?? reading.why };
}
