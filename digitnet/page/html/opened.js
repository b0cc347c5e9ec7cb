"use strict";
// The ink of the user's picture, if it has a clean ground.
// Photos of paper need more than this page has: `digitnet predict` finds the ink in them.

const OPENED = {
  side: 600, // pixels of the longer side on which ink is looked for
  even: 0.08, // share of full range by which the ground's rim may differ from its median
  rim: 0.95, // share of the rim that is so even
  least: 0.12, // contrast that the noise of a clean ground does not reach
  boldest: 0.1, // share of the strokes' pixels that are full ink
  edge: 0.25, // share of full ink that is a stroke
  most: 0.5, // share of the picture that may be ink
};
const ELSEWHERE = "For a photo of paper: digitnet predict FILE";

class PictureError extends Error {}

/** The ink of a picture file on a clean ground, cropped to it. */
async function openedInk(file, limits = OPENED) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new PictureError("This is no picture that your browser can read. Try PNG or JPEG.");
  }
  const contrast = contrastOf(bitmap, limits);
  const most = contrast.data.reduce((high, value) => Math.max(high, value), 0);
  if (most < limits.least) throw new PictureError(`There is no ink on this picture. ${ELSEWHERE}`);
  const bold = contrast.data.filter((value) => value > most / 2).sort();
  const level = bold[Math.floor((1 - limits.boldest) * (bold.length - 1))];
  const ink = mapped(contrast, (value) => (value > limits.least ? Math.min(1, value / level) : 0));
  const strokes = ink.data.reduce((sum, value) => sum + (value > limits.edge), 0);
  if (strokes > limits.most * ink.data.length) {
    throw new PictureError(`This picture’s ground is not clean. ${ELSEWHERE}`);
  }
  return cropped(ink);
}

/** Difference of each pixel from the ground, which is the level of the picture's rim. */
function contrastOf(bitmap, limits) {
  const scale = Math.min(1, limits.side / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = make("canvas", { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const at = (i) => data.subarray(4 * i, 4 * i + 4);
  const rim = [...Array(width * height).keys()].filter((i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
  const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const ground = [0, 1, 2, 3].map((channel) => median(rim.map((i) => at(i)[channel])));
  // The colour of transparent pixels is undefined.
  const far =
    ground[3] < 128
      ? (i) => at(i)[3] / 255
      : (i) => Math.max(...[0, 1, 2].map((k) => Math.abs(at(i)[k] - ground[k]))) / 255;
  const even = rim.filter((i) => far(i) <= limits.even).length / rim.length;
  if (even < limits.rim) {
    throw new PictureError(`This picture’s ground is not clean. ${ELSEWHERE}`);
  }
  return mapped(newPicture(height, width), (_, i) => far(i));
}
