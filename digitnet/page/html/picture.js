"use strict";
// A picture here is {data: Float32Array, height, width}, row by row: 0 paper, 1 ink.
// Parity: images/measure/morphology.py, `ink_width` of images/form/stroke.py and Pillow's resize.

const newPicture = (height, width, value = 0) => ({
  data: new Float32Array(height * width).fill(value),
  height,
  width,
});

/** A picture of f(value, place) of each pixel. */
function mapped({ data, height, width }, f) {
  const found = newPicture(height, width);
  for (let i = 0; i < data.length; i++) found.data[i] = f(data[i], i);
  return found;
}

/** Round to the nearest whole number, halves to the even one, as Python and NumPy do. */
function rounded(x) {
  const low = Math.floor(x);
  const part = x - low;
  if (part !== 0.5) return part < 0.5 ? low : low + 1;
  return low % 2 === 0 ? low : low + 1;
}

const clipped = (x, low, high) => Math.min(Math.max(x, low), high);

/** Ground of so many pixels on every side. */
function padded(picture, edge, value = 0) {
  const wider = newPicture(picture.height + 2 * edge, picture.width + 2 * edge, value);
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(y * picture.width, (y + 1) * picture.width);
    wider.data.set(row, (y + edge) * wider.width + edge);
  }
  return wider;
}

/** The part from (left, top) up to, but without, (right, bottom). */
function cut(picture, left, top, right, bottom) {
  const part = newPicture(bottom - top, right - left);
  for (let y = top; y < bottom; y++) {
    const row = picture.data.subarray(y * picture.width + left, y * picture.width + right);
    part.data.set(row, (y - top) * part.width);
  }
  return part;
}

function transposed(picture) {
  const turned = newPicture(picture.width, picture.height);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      turned.data[x * picture.height + y] = picture.data[y * picture.width + x];
    }
  }
  return turned;
}

/** Largest value in the square around each pixel; the size is raised to the next odd number. */
function dilation(picture, size) {
  return transposed(dilatedDown(transposed(dilatedDown(picture, size)), size));
}

/** Largest value of so many rows around each: of 1, 2, 4, … rows from each on, then of all. */
function dilatedDown({ data, height, width }, size) {
  const radius = Math.min(Math.floor(size / 2), height);
  const most = new Float32Array((height + 2 * radius) * width).fill(-Infinity);
  most.set(data, radius * width);
  const include = (rows) => {
    const ahead = rows * width;
    for (let i = 0; i + ahead < most.length; i++) most[i] = Math.max(most[i], most[i + ahead]);
  };
  const all = 2 * radius + 1;
  let rows = 1;
  for (; 2 * rows <= all; rows *= 2) include(rows);
  include(all - rows);
  return { data: most.subarray(0, height * width), height, width };
}

/** Width of the strokes in pixels: 2 · area / perimeter, the perimeter being Σ |∇ink|. */
function inkWidth(ink) {
  const { data, width, height } = padded(ink, 1);
  let area = 0;
  let perimeter = 0;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const here = data[y * width + x];
      area += here;
      perimeter += Math.hypot(data[(y + 1) * width + x] - here, data[y * width + x + 1] - here);
    }
  }
  return (2 * area) / Math.max(perimeter, 1e-6);
}

const BOX_FILTER = { support: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) };
const BICUBIC = {
  support: 2,
  at(x) {
    const a = -0.5;
    const r = Math.abs(x);
    if (r < 1) return ((a + 2) * r - (a + 3)) * r * r + 1;
    if (r < 2) return (((r - 5) * r + 8) * r - 4) * a;
    return 0;
  },
};

/** Resize across and then down, each new pixel a mean of old ones weighted by the filter. */
function resized(picture, height, width, filter) {
  const across = resizedDown(transposed(picture), width, filter);
  return resizedDown(transposed(across), height, filter);
}

function resizedDown(picture, height, filter) {
  if (height === picture.height) return picture;
  const width = picture.width;
  const scale = picture.height / height;
  const stretch = Math.max(scale, 1);
  const support = filter.support * stretch;
  const found = newPicture(height, width);
  for (let y = 0; y < height; y++) {
    const centre = (y + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(picture.height, Math.trunc(centre + support + 0.5));
    const shares = [];
    for (let k = first; k < end; k++) shares.push(filter.at((k - centre + 0.5) / stretch));
    const total = shares.reduce((sum, share) => sum + share, 0) || 1;
    const weights = shares.map((share) => share / total);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = first; k < end; k++) {
        sum += picture.data[k * width + x] * weights[k - first];
      }
      found.data[y * width + x] = sum;
    }
  }
  return found;
}
