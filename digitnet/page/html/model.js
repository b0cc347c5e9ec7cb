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

/** Bytes that zlib packed. */
async function inflated(base64) {
  const packed = new Blob([unpacked(base64)]).stream();
  const bytes = packed.pipeThrough(new DecompressionStream("deflate"));
  return new Int8Array(await new Response(bytes).arrayBuffer());
}

/** The network at each moment that was kept: its report, and its weights when asked for. */
let moments = [];

/** Unpack the moments: of each weight they hold how much it changed since the moment before. */
async function unpackMoments() {
  const past = model.history;
  if (!past?.kept || !("DecompressionStream" in window)) return;
  const steps = await inflated(past.weights);
  const count = steps.length / (past.kept.length - 1);
  for (let k = count; k < steps.length; k++) steps[k] += steps[k - count]; // in 8 bits, as packed
  moments = past.kept.map((k, i) => ({
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
}
