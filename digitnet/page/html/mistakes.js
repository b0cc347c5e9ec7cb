"use strict";
// What the network takes for what, and the mistakes themselves.

/** Build the section; `put` is called with the digit that is to be put on the paper. */
function buildMistakes(put) {
  const { count, confusion, mistakes } = model.digits;
  const right = confusion.reduce((sum, row, d) => sum + row[d], 0);
  const learned = model.learned
    ? " They are of MNIST’s training set, so this network may have learned them: new digits are harder."
    : "";
  const gallery = make("div", { className: "gallery", "aria-live": "polite" });
  const open = (digit, answer) => showMistakes(gallery, digit, answer, put);
  byId("mistakes").append(
    make("h2", { id: "mistakes-head" }, "What it gets wrong"),
    make(
      "p",
      {},
      `Of the ${count.toLocaleString("en")} test digits of digitnet’s own sample it reads ${right.toLocaleString("en")} right.${learned} Open a number to see the digits that it counts.`,
    ),
    make("div", { className: "beside" }, confusionTable(confusion, open), gallery),
  );
  if (mistakes.length) open(null, null);
  else gallery.append(make("p", {}, "It made no mistake."));
}

function confusionTable(confusion, open) {
  const most = Math.max(1, ...confusion.flatMap((row, d) => row.filter((_, a) => a !== d)));
  const head = make(
    "tr",
    {},
    make("td"),
    ...confusion.map((_, a) => make("th", { scope: "col" }, String(a))),
  );
  const rows = confusion.map((row, digit) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, String(digit)),
      ...row.map((count, answer) => cell(count, digit, answer, count / most, open)),
    ),
  );
  const caption = make("caption", {}, "Rows: the digit. Columns: the answer.");
  return make("table", { className: "confusion" }, caption, head, ...rows);
}

function cell(count, digit, answer, share, open) {
  const field = make("td");
  if (digit === answer) {
    field.className = "right";
    field.append(String(count));
  } else if (count) {
    const button = make("button", { type: "button" }, String(count));
    button.setAttribute("aria-label", `${digit} read as ${answer}: ${counted(count, "time")}`);
    button.style.setProperty("--share", share);
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () =>
      press(button) ? open(digit, answer) : open(null, null),
    );
    field.append(button);
  }
  return field;
}

/** Press a number, or let it go if it was pressed; return whether it is pressed now. */
function press(button) {
  const before = button.getAttribute("aria-pressed") === "true";
  const pressed = button.closest("table").querySelector("[aria-pressed=true]");
  pressed?.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", String(!before));
  return !before;
}

/** The mistakes of one kind, or the most certain of all. */
function showMistakes(gallery, digit, answer, put) {
  const all = model.digits.mistakes;
  const some =
    digit === null ? all.slice(0, 12) : all.filter((m) => m.digit === digit && m.answer === answer);
  const total = digit === null ? null : model.digits.confusion[digit][answer];
  const what =
    digit === null ? "The mistakes that it is most certain of" : `${digit} read as ${answer}`;
  const left = total > some.length ? `: ${some.length} of ${total}` : "";
  const figures = some.map((mistake) =>
    make(
      "li",
      {},
      sampleButton(mistake, put, `a ${mistake.digit} read as ${mistake.answer}`),
      `${mistake.digit} read as ${mistake.answer}`,
      make("br"),
      make("span", { className: "small" }, percent(mistake.certainty)),
    ),
  );
  const none = figures.length ? [] : [make("p", {}, "None of these is kept in this page.")];
  gallery.replaceChildren(make("h3", {}, what + left), make("ul", {}, ...figures), ...none);
}

/** A digit of the sample, as a button that puts it on the paper. */
function sampleButton(sample, put, name) {
  const picture = make("canvas", { "aria-hidden": "true" });
  const image = unpackedImage(sample.image);
  drawLevels(picture, image);
  const button = make(
    "button",
    { type: "button", className: "sample", title: "Put it on the paper" },
    picture,
  );
  button.setAttribute("aria-label", `Put on the paper: ${name}`);
  button.addEventListener("click", () => put(image));
  button.redraw = () => drawLevels(picture, image);
  return button;
}
