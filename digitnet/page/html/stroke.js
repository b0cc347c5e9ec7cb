"use strict";
// Measure the width of a digit's strokes, and bring it to that of MNIST's.
// Parity: images/form/stroke.py, which describes the limits.

/** Redraw strokes that are thinner or thicker than MNIST's. */
function reweighted(crop, limits = LIMITS.form) {
  const longer = Math.max(crop.height, crop.width);
  if (longer <= limits.coarse) return crop;
  const boxed = scaled(crop, BOX);
  const width = inkWidth(boxed);
  const fine = limits.fine * BOX;
  if (width < limits.thinnest || boldness(boxed) < limits.faintest) {
    const large = scaled(dilation(crop, rounded(longer / fine)), fine);
    const nearby = dilation(large, Math.floor(fine / 4));
    const core = Math.fround(limits.core);
    const mask = mapped(large, (ink, i) => ink > Math.fround(core * nearby.data[i]));
    const now = inkWidth(mask) / limits.fine;
    return widened(mask, (Math.max(0, limits.thinnest + limits.inwards - now) * limits.fine) / 2);
  }
  if (width > limits.thickest) {
    const by = ((width - limits.thickest + limits.inwards) * limits.fine) / 2;
    return narrowed(
      mapped(scaled(crop, fine), (ink) => ink > 0.5),
      by,
      limits.narrowest,
    );
  }
  return crop;
}

/** Mean level of the boldest third of the ink. */
function boldness({ data }) {
  const levels = data.filter((ink) => ink > 0).sort();
  const boldest = levels.subarray(-Math.max(1, Math.floor(levels.length / 3)));
  return boldest.reduce((sum, ink) => sum + ink, 0) / boldest.length;
}

/** Scale the longer side to so many pixels: down by area averaging, up by interpolation. */
function scaled(crop, longer) {
  const scale = longer / Math.max(crop.height, crop.width);
  if (scale === 1) return crop;
  const height = Math.max(1, rounded(crop.height * scale));
  const width = Math.max(1, rounded(crop.width * scale));
  const large = resized(crop, height, width, scale < 1 ? BOX_FILTER : BICUBIC);
  return mapped(large, (ink) => clipped(ink, 0, 1));
}

/** Ink within `by` pixels of the mask, with a soft edge. */
function widened(mask, by) {
  const reach = Math.ceil(by) + 1;
  const far = distance(padded(mask, reach), reach + 1);
  return mapped(far, (d) => clipped(Math.fround(by + 1) - d, 0, 1));
}

/** Ink farther than `by` pixels from the ground, or nearly the stroke's half-width. */
function narrowed(mask, by, narrowest) {
  const reach = Math.ceil(by / (1 - narrowest)) + 2;
  const ground = mapped(padded(mask, 1), (ink) => 1 - ink);
  const all = distance(ground, reach);
  const depth = cut(all, 1, 1, all.width - 1, all.height - 1);
  const half = dilation(depth, 2 * Math.ceil(by) + 3);
  const most = Math.fround(1 - narrowest);
  return mapped(depth, (d, i) =>
    clipped(d - Math.min(Math.fround(by), Math.fround(most * half.data[i])), 0, 1),
  );
}

/** Euclidean distance to the mask, at most `reach`: min over k of d²(x + k) + k², per axis. */
function distance(mask, reach) {
  let squared = mapped(mask, (inside) => (inside ? 0 : reach ** 2));
  for (let axis = 0; axis < 2; axis++) squared = transposed(nearestDown(squared, reach));
  return mapped(squared, Math.sqrt);
}

function nearestDown({ data, height, width }, reach) {
  const found = newPicture(height, width);
  for (let y = 0; y < height; y++) {
    const first = Math.max(0, y - reach + 1);
    const last = Math.min(height - 1, y + reach - 1);
    for (let x = 0; x < width; x++) {
      let least = reach ** 2;
      for (let k = first; k <= last; k++) {
        least = Math.min(least, data[k * width + x] + (k - y) ** 2);
      }
      found.data[y * width + x] = least;
    }
  }
  return found;
}
