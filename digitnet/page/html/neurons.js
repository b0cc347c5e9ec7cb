"use strict";
// Drawings of a network's input and of its neurons' weights. Parity: images/form/weights.py.

const largest = (numbers) => numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9);

/**
 * The stroke with the largest weight in each cell: its orientation (0 up, 1 up and right, 2 across,
 * 3 down and right), and its weight, the sum of those of its two edges.
 */
function strokes(weights) {
  const cells = CELLS ** 2;
  return Array.from({ length: cells }, (_, place) => {
    const half = ORIENTATIONS / 2;
    const both = Array.from(
      { length: half },
      (_, j) => weights[j * cells + place] + weights[(j + half) * cells + place],
    );
    const runs = both.reduce((best, w, j) => (Math.abs(w) > Math.abs(both[best]) ? j : best), 0);
    return { runs, weight: both[runs] };
  });
}

/** A neuron's weights, small: pixels, or a field for the stroke of each cell; blue is positive. */
function drawWeights(canvas, weights) {
  const plain = model.inputs === "pixels";
  const image = plain ? weights : strokes(weights).map(({ weight }) => weight);
  const most = largest(image);
  const colours = [colour("blue"), colour("orange")];
  const alphas = Array.from(image, (w) => Math.abs(w) / most);
  tint(canvas, plain ? SIDE : CELLS, alphas, (i) => colours[image[i] < 0 ? 1 : 0]);
}

/** The same, large: strokes as strokes. */
function drawLarge(canvas, weights, side) {
  if (model.inputs === "pixels") {
    drawWeights(canvas, weights);
    return;
  }
  const colours = [colour("blue"), colour("orange")];
  const context = sharp(canvas, side, side);
  const cell = side / CELLS;
  const found = strokes(weights);
  const most = largest(found.map(({ weight }) => weight));
  context.lineWidth = 0.26 * cell;
  context.lineCap = "round";
  found.forEach(({ runs, weight }, place) => {
    context.strokeStyle = css(colours[weight < 0 ? 1 : 0], Math.abs(weight) / most);
    mark(context, cell, place, runs, 0, 0.36);
  });
}

/** The orientation features of the input, as edges of strokes. */
function drawOrientations(canvas, side, x) {
  const context = sharp(canvas, side, side);
  const cell = side / CELLS;
  const most = largest(x);
  context.lineCap = "round";
  x.forEach((value, k) => {
    const share = value / most;
    context.lineWidth = cell * (0.06 + 0.06 * share);
    context.strokeStyle = css(colour("ink"), share);
    // On the side of the cell where the ink begins.
    if (share >= 0.04) mark(context, cell, k % CELLS ** 2, Math.floor(k / CELLS ** 2), 0.32, 0.2);
  });
}

/** A mark across an orientation, so far from the middle of a cell and half so long, in cells. */
function mark(context, cell, place, orientation, away, half) {
  const angle = (orientation * Math.PI) / 4;
  const [along, down] = [Math.cos(angle), Math.sin(angle)];
  const x = (place % CELLS) + 0.5 + away * along;
  const y = Math.floor(place / CELLS) + 0.5 + away * down;
  context.beginPath();
  context.moveTo((x - half * down) * cell, (y + half * along) * cell);
  context.lineTo((x + half * down) * cell, (y - half * along) * cell);
  context.stroke();
}

/** A picture of 28 × 28 levels in the colour of ink. */
function drawLevels(canvas, image) {
  tint(
    canvas,
    SIDE,
    Float32Array.from(image, (level) => level / 255),
    () => colour("ink"),
  );
}
