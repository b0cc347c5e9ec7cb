"use strict";
// Convert ink to MNIST's form, and normalise it.
// Parity: images/form/mnist.py and images/form/moments.py.

const { SIDE, BOX } = LIMITS; // pixels of MNIST's pictures, and of the digit in one
const CENTRE = (SIDE - 1) / 2;

/** Crop, scale into 20 × 20, centre of mass to the centre of 28 × 28: 784 levels, 255 is ink. */
function toMnist(ink) {
  return centred(scaled(cropped(reweighted(cropped(ink))), BOX));
}

/** Crop to the ink. */
function cropped(ink) {
  const [left, top, right, bottom] = inkBox(ink);
  return cut(ink, left, top, right, bottom);
}

/** Left, top, right, bottom of the ink; null without ink. */
function inkBox({ data, height, width }) {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return right > left ? [left, top, right, bottom] : null;
}

/** Shift by whole pixels so that the centre of mass is nearest to pixel (14, 14). */
function centred({ data, height, width }) {
  let [mass, down, across] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ink = data[y * width + x];
      mass += ink;
      down += ink * y;
      across += ink * x;
    }
  }
  const top = clipped(rounded(SIDE / 2 - down / mass), 0, SIDE - height);
  const left = clipped(rounded(SIDE / 2 - across / mass), 0, SIDE - width);
  const digit = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      digit[(top + y) * SIDE + left + x] = rounded(Math.fround(255 * data[y * width + x]));
    }
  }
  return digit;
}

/** Normalise position, size and slant; without targets, the digit is unchanged. */
function momentNormalise(image, targets) {
  return targets ? resampled(image, measured(image, targets)) : image;
}

/** Centroid, shear, and scale to the targets, from the moments up to order 2. */
function measured(image, targets) {
  let [ink, x, y, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
  image.forEach((level, i) => {
    const [across, down] = [i % SIDE, Math.floor(i / SIDE)];
    ink += level;
    x += level * across;
    y += level * down;
    xx += level * across * across;
    xy += level * across * down;
    yy += level * down * down;
  });
  ink = Math.max(ink, 1);
  [x, y, xx, xy, yy] = [x, y, xx, xy, yy].map((sum) => sum / ink);
  const varY = Math.max(yy - y * y, 0);
  const shear = varY > 1e-9 ? (xy - x * y) / varY : 0;
  const varX = Math.max(xx - x * x - shear * shear * varY, 0);
  const scaleX = clipped(Math.sqrt(varX) / targets.tau_x, ...targets.ratio_x);
  const scaleY = clipped(Math.sqrt(varY) / targets.tau_y, ...targets.ratio_y);
  return { x, y, shear, scaleX, scaleY };
}

/** Interpolate the image bilinearly in its own frame, in 32 bits as NumPy does. */
function resampled(image, frame) {
  const f = Math.fround;
  const seen = new Uint8Array(SIDE * SIDE);
  const at = (row, column) =>
    row < 0 || row >= SIDE || column < 0 || column >= SIDE ? 0 : image[row * SIDE + column];
  for (let w = 0; w < SIDE; w++) {
    const y = clipped(frame.y + (w - CENTRE) * frame.scaleY, -1, SIDE);
    const top = Math.trunc(y + 1);
    const down = f(y + 1 - top);
    const middle = f(frame.x + frame.shear * (y - frame.y) + 1);
    const mixed = (column) => {
      const upper = at(top - 1, column);
      return f(upper + f(down * f(at(top, column) - upper)));
    };
    for (let u = 0; u < SIDE; u++) {
      const x = clipped(f(middle + f((u - CENTRE) * frame.scaleX)), 0, SIDE + 1);
      const left = Math.trunc(x);
      const value = mixed(left - 1);
      const part = f(x - left);
      seen[w * SIDE + u] = f(f(value + f(part * f(mixed(left) - value))) + 0.5);
    }
  }
  return seen;
}

/** A quarter turn against the clock, as numpy.rot90 does. */
function rot90(image) {
  return image.map((_, i) => image[(i % SIDE) * SIDE + SIDE - 1 - Math.floor(i / SIDE)]);
}
