"use strict";
// What the page says in words: the answer, the neuron that is chosen, and the model.

/** The answer, large, and how sure it is. */
function showAnswer(reading) {
  byId("digit").textContent = reading ? reading.digit : "";
  byId("confidence").textContent = reading ? confidenceIn(reading) : "";
  byId("why").textContent = reading ? sureness(reading) : "";
  byId("why").className = !reading ? "" : reading.why ? "unsure" : "sure";
}

const confidenceIn = ({ certainties, digit }) => `${percent(certainties[digit])} confidence`;
const sureness = ({ why }) => (why ? `not sure: ${why}` : "sure");

let waiting = 0;

/** Give the answer to a screen reader, once the pen rests. */
function announce(reading) {
  clearTimeout(waiting);
  if (!marks.length) return;
  waiting = setTimeout(() => {
    byId("spoken").textContent = reading
      ? `Read as ${reading.digit}, ${confidenceIn(reading)}, ${sureness(reading)}.`
      : "The paper is empty.";
  }, 600);
}

/** The weights of the chosen neuron in words and as a picture; without one, how to read them. */
function showNeuron(network, reading, chosen) {
  byId("neuron").replaceChildren(...(chosen ? described(network, reading, chosen) : legend()));
}

function described(network, reading, { n, i }) {
  const parts = [make("h3", {}, nameOf(n, i))];
  if (n === 0) {
    const large = make("canvas", { className: "large", role: "img" });
    large.setAttribute("aria-label", "Its weights, as a picture");
    drawLarge(large, weightsOf(network, 0, i), 176);
    parts.push(large);
  }
  if (reading) {
    const [z, a] = [reading.pass.Z[n][i], reading.pass.A[n][i]];
    parts.push(paragraph(`For your drawing: z = ${shown(z)}, a = ${shown(a)}.`));
  }
  if (n > 0) parts.push(paragraph(weightsInto(network, n, i)));
  if (n < LAST) parts.push(paragraph(weightsOutOf(network, n, i)));
  if (n === 0) parts.push(make("p", { className: "small" }, ...coloursOf()));
  return parts;
}

/** The meaning of the colours, and what can be pointed at. */
function legend() {
  const where = LAST ? `${counted(model.layers[1], "neuron")} of the first layer` : "outputs";
  const parts = [make("h3", {}, "How to read this"), paragraph(...coloursOf())];
  if (model.inputs !== "pixels") {
    parts.push(paragraph(`Of each of ${CELLS} × ${CELLS} cells the largest weight is drawn.`));
  }
  parts.push(paragraph(`Point at one of the ${where}, or go there with the tab and arrow keys.`));
  if (LAST) {
    const [positive, negative] = [coloured("blue", "blue"), coloured("orange", "orange")];
    const line = "A line between neurons is a weight times an activation: ";
    parts.push(paragraph(line, positive, " positive, ", negative, " negative, wider for larger."));
  }
  return parts;
}

const coloured = (name, word) => make("b", { className: name }, word);

function coloursOf() {
  const what = model.inputs === "pixels" ? "Ink" : "A stroke";
  const [positive, negative] = [coloured("blue", "blue"), coloured("orange", "orange")];
  return [`${what} on `, positive, " excites the neuron, on ", negative, " inhibits it."];
}

/** The strongest of some weights, with their places: half as large as the largest, at most two. */
function strongest(weights, sign) {
  const least = largest(weights) / 2;
  const places = [...weights.keys()].filter((i) => sign * weights[i] >= least);
  return places.sort((a, b) => sign * (weights[b] - weights[a])).slice(0, 2);
}

function weightsOutOf(network, n, i) {
  const count = network.sizes[n + 2];
  const column = Float32Array.from({ length: count }, (_, j) => weightsOf(network, n + 1, j)[i]);
  const whom = n + 1 === LAST ? "outputs" : "neurons";
  return `Excites ${whom}: ${inWords(column, 1)}. Inhibits: ${inWords(column, -1)}.`;
}

function weightsInto(network, n, i) {
  const weights = weightsOf(network, n, i);
  return `Excited by neurons: ${inWords(weights, 1)}. Inhibited by: ${inWords(weights, -1)}.`;
}

const inWords = (weights, sign) => listed(strongest(weights, sign).map(String)) || "none";

const whose = () => ({ mnist: "MNIST’s", sample: "the sample’s" })[model.dataset] ?? "its";

/** The model in two lines, below the title. */
function showModel() {
  const hidden = model.layers.slice(1, -1).map((n) => n.toLocaleString("en"));
  const who = hidden.length ? `${listed(hidden)} neurons` : "Ten neurons and no hidden layer";
  const what =
    model.inputs === "pixels"
      ? "the brightness of 784 pixels"
      : `${model.layers[0]} orientation features`;
  const score =
    model.accuracy === null
      ? ""
      : `; it reads ${percent(model.accuracy)} of ${whose()} test digits`;
  byId("card").textContent =
    `${who} read it from ${what}. The model is ${model.name}, ${model.layers.join("-")}${score}.`;
}
