"use strict";
// What is told in words: the answer, and what the neuron that one points at looks for.

/** The answer, large, and how sure it is. */
function tellAnswer(reading) {
  byId("digit").textContent = reading ? reading.digit : "";
  byId("certain").textContent = reading
    ? `${percent(reading.certainties[reading.digit])} certain`
    : "";
  byId("why").textContent = !reading ? "" : (reading.why && `not sure: ${reading.why}`) || "sure";
  byId("why").className = !reading ? "" : reading.why ? "unsure" : "sure";
}

let waiting = 0;

/** Say it to a screen reader, once the hand rests. */
function announce(reading) {
  clearTimeout(waiting);
  if (!marks.length) return;
  waiting = setTimeout(() => {
    const answer =
      reading &&
      `It reads ${reading.digit}, ${percent(reading.certainties[reading.digit])} certain`;
    byId("spoken").textContent = reading
      ? `${answer}, ${reading.why ? `not sure: ${reading.why}` : "sure"}.`
      : "The paper is empty.";
  }, 600);
}

/** What a neuron looks for, and whom it speaks for; without one, how to read the colours. */
function tellNeuron(network, reading, chosen) {
  const told = byId("told");
  if (!chosen) {
    told.replaceChildren(...legend());
    return;
  }
  const { n, i } = chosen;
  const parts = [make("h3", {}, nameOf(n, i))];
  if (n === 0) {
    const large = make("canvas", { className: "large", role: "img" });
    large.setAttribute("aria-label", "Its weights, as a picture");
    drawLarge(large, weightsOf(network, 0, i), 176);
    parts.push(large);
  }
  if (reading) parts.push(make("p", {}, activationOf(reading, n, i)));
  if (n > 0) parts.push(make("p", {}, listensTo(network, n, i)));
  if (n < LAST) parts.push(make("p", {}, speaksFor(network, n, i)));
  if (n === 0) parts.push(make("p", { className: "small" }, ...coloursOf()));
  told.replaceChildren(...parts);
}

/** What the colours mean, and where one can point. */
function legend() {
  const what = LAST ? `${counted(model.layers[1], "neuron")} in the first layer` : "outputs";
  const parts = [
    make("h3", {}, "How to read this"),
    make(
      "p",
      {},
      ...coloursOf(),
      model.inputs === "pixels"
        ? ""
        : " In each of 7 × 7 places it is the stroke that weighs most.",
    ),
    make(
      "p",
      {},
      `Point at one of the ${what}, or go there with the tab and arrow keys, to see what it looks for.`,
    ),
  ];
  if (LAST) {
    const [forIt, against] = [coloured("for", "Blue"), coloured("against", "orange")];
    parts.push(
      make(
        "p",
        {},
        "The lines are what each neuron says to the next: ",
        forIt,
        " speaks for it, ",
        against,
        " against; the wider, the louder.",
      ),
    );
  }
  return parts;
}

const coloured = (name, word) => make("b", { className: name }, word);

function coloursOf() {
  const what = model.inputs === "pixels" ? "Ink" : "A stroke";
  return [
    `${what} where it is `,
    coloured("for", "blue"),
    " wakes a neuron, where it is ",
    coloured("against", "orange"),
    " quiets it.",
  ];
}

function activationOf(reading, n, i) {
  const a = reading.pass.A[n][i];
  return `For your drawing: z = ${shown(reading.pass.Z[n][i])}, a = ${shown(a)}.`;
}

/** The strongest of some weights, with their places: half as large as the largest, at most two. */
function strongest(weights, sign) {
  const signed = [...weights].map((w, i) => ({ i, w: sign * w }));
  const most = largest(weights);
  return signed
    .filter(({ w }) => w >= most / 2)
    .sort((a, b) => b.w - a.w)
    .slice(0, 2)
    .map(({ i }) => i);
}

function speaksFor(network, n, i) {
  const column = Float32Array.from(
    { length: network.sizes[n + 2] },
    (_, j) => weightsOf(network, n + 1, j)[i],
  );
  const whom = n + 1 === LAST ? "" : " neurons";
  return sentence(
    "Awake, it speaks",
    strongest(column, 1).map(String),
    strongest(column, -1).map(String),
    `for${whom}`,
    `against${whom}`,
  );
}

function listensTo(network, n, i) {
  const weights = weightsOf(network, n, i);
  const who = (sign) => strongest(weights, sign).map(String);
  return sentence("It is woken", who(1), who(-1), "by neurons", "quieted by");
}

function sentence(begin, pros, cons, pro, con) {
  const parts = [];
  if (pros.length) parts.push(`${pro} ${listed(pros)}`);
  if (cons.length) parts.push(`${con} ${listed(cons)}`);
  return parts.length ? `${begin} ${parts.join(", ")}.` : `${begin} ${pro} none.`;
}

const whose = () => ({ mnist: "MNIST’s", sample: "the sample’s" })[model.dataset] ?? "its";

/** The model in two lines, below the title. */
function tellModel() {
  const hidden = model.layers.slice(1, -1);
  const who = hidden.length
    ? `${listed(hidden.map((n) => n.toLocaleString("en")))} neurons`
    : "Ten neurons and no hidden layer";
  const what =
    model.inputs === "pixels"
      ? "the brightness of 784 pixels"
      : "392 numbers: the directions of its strokes";
  const score =
    model.accuracy === null
      ? ""
      : `; it reads ${percent(model.accuracy)} of ${whose()} test digits`;
  byId("card").textContent =
    `${who} read it from ${what}. The model is ${model.name}, ${model.layers.join("-")}${score}.`;
}
