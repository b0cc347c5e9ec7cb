"use strict";
// The data of this page: the model, Python's limits by name, digits and the history.
// Parity: page/page.py, which wrote it.

const model = JSON.parse(document.getElementById("data").textContent);
const LIMITS = model.limits;

function unpacked(base64) {
  const text = atob(base64);
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

/** A picture of the sample: 784 levels, from the part with ink. */
function unpackedImage([left, top, width, height, levels]) {
  const image = new Uint8Array(SIDE * SIDE);
  unpacked(levels).forEach((level, i) => {
    image[(top + Math.floor(i / width)) * SIDE + left + (i % width)] = level;
  });
  return image;
}
