"use strict";
// The network now, and at each snapshot of its training. Parity: page/snapshots.py.

/** The exact weights of the model. */
const trained = parameters(model.layers, new Float32Array(unpacked(model.weights).buffer));

/** The network at each snapshot: its report, and its weights on demand. */
let snapshots = [];

/** Bytes that zlib packed. */
async function inflated(base64) {
  const packed = new Blob([unpacked(base64)]).stream();
  const bytes = packed.pipeThrough(new DecompressionStream("deflate"));
  return new Int8Array(await new Response(bytes).arrayBuffer());
}

/** Unpack the snapshots: each contains the differences to the one before. */
async function unpackSnapshots() {
  const past = model.history;
  if (!past?.kept || !("DecompressionStream" in window)) return;
  const steps = await inflated(past.weights);
  const count = steps.length / (past.kept.length - 1);
  for (let k = count; k < steps.length; k++) steps[k] += steps[k - count]; // in 8 bits, as packed
  snapshots = past.kept.map((k, i) => ({
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
