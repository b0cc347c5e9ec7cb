"use strict";
// The connections, drawn behind the neurons: weight times activation, positive or negative.

const MOST_LINES = 240; // between two layers: of more, none could be followed
const FAINTEST_LINE = 0.08; // share of the strongest

/** Draw all connections, or those of one neuron: chosen is {n, i} or null. */
function drawConnections(network, reading, chosen, elements) {
  const canvas = byId("lines");
  const frame = canvas.parentElement.getBoundingClientRect();
  const context = sharp(canvas, frame.width, frame.height);
  context.clearRect(0, 0, frame.width, frame.height);
  const middle = (element, side) => {
    const box = element.getBoundingClientRect();
    return [box[side] - frame.left, (box.top + box.bottom) / 2 - frame.top];
  };
  fromSeen(context, reading, chosen, elements, middle);
  const styles = [colour("blue"), colour("orange")];
  for (let n = 1; n < network.W.length; n++) {
    for (const { i, j, value, share } of lines(network, reading, n, chosen)) {
      context.strokeStyle = css(styles[value < 0 ? 1 : 0], reading || chosen ? share : 0.5 * share);
      context.lineWidth = 0.5 + 3 * share;
      curve(context, middle(elements[n - 1][j], "right"), middle(elements[n][i], "left"));
    }
  }
}

/** The strongest connections into layer n: w · a from j to i, or w alone of a chosen neuron. */
function lines(network, reading, n, chosen) {
  const count = network.sizes[n];
  const from = reading && !chosen ? reading.pass.A[n - 1] : null;
  const values = network.W[n].map((w, k) => {
    const j = k % count;
    return chosen && !isOf(chosen, n, (k - j) / count, j) ? 0 : w * (from ? from[j] : 1);
  });
  const most = largest(values);
  const found = [];
  values.forEach((value, k) => {
    const share = Math.abs(value) / most;
    if (share >= FAINTEST_LINE)
      found.push({ i: Math.floor(k / count), j: k % count, value, share });
  });
  return found
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_LINES)
    .reverse();
}

/** Whether the connection from j of layer n - 1 to i of layer n begins or ends in the chosen. */
function isOf(chosen, n, i, j) {
  if (chosen.n === n) return chosen.i === i;
  return chosen.n !== n - 1 || chosen.i === j;
}

/** From the input to the first layer: as strong as the neuron's activation. */
function fromSeen(context, reading, chosen, elements, middle) {
  const from = middle(byId("seen").lastElementChild, "right");
  const A = reading ? reading.pass.A[0] : null;
  const most = A ? largest(A) : 1;
  elements[0].forEach((element, i) => {
    if (chosen && chosen.n === 0 && chosen.i !== i) return;
    const share = A ? Math.abs(A[i]) / most : 0.15;
    if (share < FAINTEST_LINE) return;
    context.strokeStyle = css(colour("soft"), 0.1 + 0.5 * share);
    context.lineWidth = 0.5 + 1.5 * share;
    curve(context, from, middle(element, "left"));
  });
}

function curve(context, [x, y], [toX, toY]) {
  const bend = (toX - x) / 2;
  context.beginPath();
  context.moveTo(x, y);
  context.bezierCurveTo(x + bend, y, toX - bend, toY, toX, toY);
  context.stroke();
}
