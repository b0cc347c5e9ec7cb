"use strict";
// The model that is in this page, and its weights at each moment of its training.
// Parity: page/page.py and page/moments.py, which wrote them.

const model = JSON.parse(document.getElementById("data").textContent);

function unpacked(base64) {
  const text = atob(base64);
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

/** The exact weights of the model. */
const trained = parameters(model.layers, new Float32Array(unpacked(model.weights).buffer));

/** A picture of the sample: 784 levels, of the part that has ink. */
function unpackedImage([left, top, width, height, levels]) {
  const image = new Uint8Array(SIDE * SIDE);
  unpacked(levels).forEach((level, i) => {
    image[(top + Math.floor(i / width)) * SIDE + left + (i % width)] = level;
  });
  return image;
}

/** The network at each moment that was kept: its report, and its weights when asked for. */
const moments = (() => {
  const past = model.history;
  if (!past || !past.kept) return [];
  const steps = new Int8Array(unpacked(past.weights).buffer);
  const count = trained.W.concat(trained.B).reduce((sum, array) => sum + array.length, 0);
  return past.kept.map((k, i) => ({
    report: past.reports[k],
    network() {
      if (i === past.kept.length - 1) return trained;
      const vector = Float32Array.from(steps.subarray(i * count, (i + 1) * count));
      const network = parameters(model.layers, vector);
      const arrays = network.W.flatMap((W, n) => [W, network.B[n]]);
      arrays.forEach((array, n) => array.forEach((q, j) => (array[j] = q * past.scales[i][n])));
      return network;
    },
  }));
})();
