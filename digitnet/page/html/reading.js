"use strict";
// From ink to an answer: the form, what the network sees of it, its activations, and how sure.
// Parity: model/digit.py and reading/picture.py.

const FAINTEST = 0.04; // share of full ink that the edge of a stroke has (images/ink/strength.py)

/** Read a digit in MNIST's form. */
function readForm(model, network, form) {
  const seen = momentNormalise(form, model.normalisation);
  const pass = forward(network, model.fs, INPUTS[model.inputs](seen));
  const outputs = pass.A[pass.A.length - 1];
  const certainties = certaintiesOf(outputs, model.certainty);
  const digit = outputs.indexOf(Math.max(...outputs));
  const why = doubt(model, outputs, certainties);
  return { form, seen, pass, outputs, certainties, digit, why };
}

/** Read ink as one digit; null where there is none. */
function readInk(model, network, drawn) {
  const ink = withoutSpecks(mapped(drawn, (level) => (level > FAINTEST ? level : 0)));
  const box = inkBox(ink);
  if (!box) return null;
  const reading = readForm(model, network, toMnist(ink));
  const unsure =
    reading.why !== null || components(ink, PIECES.faintest).pieces.length > PIECES.broken;
  if (unsure && holdsSeveral(ink)) {
    return { ...reading, why: "there seem to be several digits, and this page reads one" };
  }
  return { ...reading, why: wholeDoubt(model, network, reading, box[3] - box[1]) ?? reading.why };
}
