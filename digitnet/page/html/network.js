"use strict";
// The network: Z = W · A + B and A = f(Z), layer by layer. Layers are counted from 0, and the
// input X is no layer. Parity: nn/network.py and nn/functions.py.

const ACTIVATIONS = {
  sigmoid: (Z) => Z.map((z) => (1 + Math.tanh(z / 2)) / 2),
  relu: (Z) => Z.map((z) => Math.max(0, z)),
  tanh: (Z) => Z.map(Math.tanh),
  "leaky-relu": (Z) => Z.map((z) => Math.max(z, 0.2 * z)),
  step: (Z) => Z.map((z) => (z > 0 ? 1 : 0)),
  softmax(Z) {
    const largest = Math.max(...Z);
    const powers = Z.map((z) => Math.exp(z - largest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  },
};

/** W[n] by rows, a neuron a row, and B[n] of every layer, as views into one vector. */
function parameters(sizes, vector) {
  const [W, B] = [[], []];
  let start = 0;
  for (let n = 0; n + 1 < sizes.length; n++) {
    const count = sizes[n] * sizes[n + 1];
    W.push(vector.subarray(start, start + count));
    B.push(vector.subarray(start + count, start + count + sizes[n + 1]));
    start += count + sizes[n + 1];
  }
  return { sizes, W, B };
}

/** The weights of neuron i of layer n: one for each neuron of the layer before. */
function weightsOf({ sizes, W }, n, i) {
  return W[n].subarray(i * sizes[n], (i + 1) * sizes[n]);
}

/** Z^(n) = W^(n) · A^(n-1) + B^(n) and A^(n) = f(Z^(n)) for every layer n. */
function forward(network, fs, X) {
  const [Z, A] = [[], []];
  let from = X;
  fs.forEach((f, n) => {
    const z = Float64Array.from(network.B[n], (b, i) => {
      let sum = 0;
      weightsOf(network, n, i).forEach((w, j) => (sum += w * from[j]));
      return sum + b;
    });
    Z.push(z);
    A.push((from = ACTIVATIONS[f](z)));
  });
  return { X, Z, A };
}
