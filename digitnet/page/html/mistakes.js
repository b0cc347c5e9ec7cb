"use strict";
// The confusion matrix, and the mistakes in its cells.

/** Build the section; `put` is called with the digit to put on the paper. */
function buildMistakes(put) {
  const { count, confusion, mistakes } = model.digits;
  const right = confusion.reduce((sum, row, d) => sum + row[d], 0).toLocaleString("en");
  const learned = model.learned
    ? " They are of MNIST’s training set, so it may have been trained on them."
    : "";
  const gallery = make("div", { className: "gallery", "aria-live": "polite" });
  const open = (digit, answer) => showMistakes(gallery, digit, answer, put);
  byId("mistakes").append(
    make("h2", { id: "mistakes-head" }, "What it gets wrong"),
    paragraph(
      `The network reads ${right} of the bundled sample’s ${count.toLocaleString("en")} test digits right.${learned} Select a number to see the digits that it counts.`,
    ),
    make("div", { className: "beside" }, confusionTable(confusion, open), gallery),
  );
  if (mistakes.length) open(null, null);
  else gallery.append(paragraph("It made no mistake."));
}

function confusionTable(confusion, open) {
  const most = Math.max(1, ...confusion.flatMap((row, d) => row.filter((_, a) => a !== d)));
  const head = confusion.map((_, a) => make("th", { scope: "col" }, String(a)));
  const rows = confusion.map((row, digit) => [
    make("th", { scope: "row" }, String(digit)),
    ...row.map((count, answer) => cell(count, digit, answer, count / most, open)),
  ]);
  const caption = make("caption", {}, "Rows: the digit. Columns: the answer.");
  const lines = [[make("td"), ...head], ...rows].map((line) => make("tr", {}, ...line));
  return make("table", { className: "confusion" }, caption, ...lines);
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

/** Toggle a cell; return whether it is pressed now. */
function press(button) {
  const before = button.getAttribute("aria-pressed") === "true";
  const pressed = button.closest("table").querySelector("[aria-pressed=true]");
  pressed?.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", String(!before));
  return !before;
}

/** The mistakes of one cell, or those of all with the highest confidence. */
function showMistakes(gallery, digit, answer, put) {
  const all = digit === null;
  const { mistakes, confusion } = model.digits;
  const some = all
    ? mistakes.slice(0, 12)
    : mistakes.filter((one) => one.digit === digit && one.answer === answer);
  const total = all ? some.length : confusion[digit][answer];
  const head = all ? "Mistakes of the highest confidence" : `${digit} read as ${answer}`;
  const left = total > some.length ? `: ${some.length} of ${total}` : "";
  const figures = some.map((one) => {
    const name = `${one.digit} read as ${one.answer}`;
    const confidence = make("span", { className: "small" }, percent(one.certainty));
    return make("li", {}, sampleButton(one, put, `a ${name}`), name, make("br"), confidence);
  });
  const none = figures.length ? [] : [paragraph("This page holds none of these.")];
  gallery.replaceChildren(make("h3", {}, head + left), make("ul", {}, ...figures), ...none);
}

/** A digit of the sample, as a button that puts it on the paper. */
function sampleButton(sample, put, name) {
  const picture = make("canvas", { "aria-hidden": "true" });
  const image = unpackedImage(sample.image);
  const button = make("button", { type: "button", className: "sample" }, picture);
  button.title = "Put it on the paper";
  button.setAttribute("aria-label", `Put on the paper: ${name}`);
  button.addEventListener("click", () => put(image));
  button.redraw = () => drawLevels(picture, image);
  button.redraw();
  return button;
}
