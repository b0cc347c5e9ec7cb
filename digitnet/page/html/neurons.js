"use strict";
// Pictures of what a network sees and of what its neurons look for.

/**
 * A neuron's weights as a small picture: of pixels 28 × 28; of directions a field for each of the
 * 7 × 7 cells, the sum over its directions, for of more there is no room.
 */
function asImage(weights) {
  if (model.inputs === "pixels") return { image: weights, side: SIDE };
  const image = new Float32Array(CELLS ** 2);
  weights.forEach((w, k) => (image[k % CELLS ** 2] += w));
  return { image, side: CELLS };
}

const largest = (numbers) => numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9);

/** A neuron's weights to the inputs, small: blue for, orange against. */
function drawWeights(canvas, weights) {
  const { image, side } = asImage(weights);
  const most = largest(image);
  const [forIt, against] = [colour("for"), colour("against")];
  tint(
    canvas,
    side,
    image.map((w) => Math.abs(w) / most),
    (i) => (image[i] < 0 ? against : forIt),
  );
}

/** The same, large: directions are drawn as the edges of strokes that they are. */
function drawLarge(canvas, side, x, signed) {
  if (model.inputs === "pixels") {
    if (signed) drawWeights(canvas, x);
    else tint(canvas, SIDE, x, () => colour("ink"));
    return;
  }
  const context = sharp(canvas, side, side);
  const cell = side / CELLS;
  const most = largest(x);
  const colours = signed ? [colour("for"), colour("against")] : [colour("ink"), colour("ink")];
  context.lineCap = "round";
  x.forEach((value, k) => {
    const share = Math.abs(value) / most;
    if (share < 0.04) return;
    const [direction, place] = [Math.floor(k / CELLS ** 2), k % CELLS ** 2];
    edgeMark(context, cell, direction, place, share);
    context.strokeStyle = css(colours[value < 0 ? 1 : 0], share);
    context.stroke();
  });
}

/** An edge of a stroke: across the slope, on the side of the cell where the ink begins. */
function edgeMark(context, cell, direction, place, share) {
  const angle = (direction * Math.PI) / 4;
  const [along, down] = [Math.cos(angle), Math.sin(angle)];
  const x = ((place % CELLS) + 0.5 + 0.32 * along) * cell;
  const y = (Math.floor(place / CELLS) + 0.5 + 0.32 * down) * cell;
  const half = 0.2 * cell;
  context.lineWidth = cell * (0.06 + 0.06 * share);
  context.beginPath();
  context.moveTo(x - half * down, y + half * along);
  context.lineTo(x + half * down, y - half * along);
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
