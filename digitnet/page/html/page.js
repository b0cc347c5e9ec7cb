"use strict";
// The page: the current drawing, selection and snapshot.

const now = {
  network: trained,
  snapshot: 0,
  reading: null,
  chosen: null,
  output: null,
};

let asked = 0;

/** Read the drawing and update the page, once a frame. */
function refresh() {
  if (!asked)
    asked = requestAnimationFrame(() => {
      asked = 0;
      showAll();
    });
}

function showAll() {
  now.reading = readDrawing();
  showPaper();
  showReading(now.reading);
  showAnswer(now.reading);
  announce(now.reading);
  showChosen();
  arithmetic();
}

/** The reading of the drawing by the current snapshot. */
function readDrawing() {
  const form = formOfDrawing();
  return form ? readForm(now.network, form) : readInk(now.network, inkOfDrawing());
}

function showChosen() {
  showNeuron(now.network, now.reading, now.chosen);
  drawConnections(now.network, now.reading, now.chosen, stage.elements);
}

function arithmetic() {
  const focused = document.activeElement?.id === "output";
  showArithmetic(now.network, now.reading, now.output);
  const choice = byId("output");
  if (!choice) return;
  choice.addEventListener("change", () => {
    now.output = Number(choice.value);
    arithmetic();
  });
  if (focused) choice.focus();
}

/** Show the network as it was at a snapshot of its training. */
function go(snapshot) {
  now.snapshot = snapshot;
  now.network = snapshots[snapshot].network();
  showSnapshot(snapshot);
  showWeights(now.network);
  refresh();
}

/** Light or dark: that of the system until the user chooses. */
function themes() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => {
    byId("theme").textContent = isDark() ? "Light" : "Dark";
    byId("theme").setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
    showWeights(now.network);
    document.querySelectorAll(".sample").forEach((button) => button.redraw());
    refresh();
  };
  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    show();
  });
  system.addEventListener("change", show);
  show();
}

async function begin() {
  await unpackSnapshots();
  now.snapshot = Math.max(0, snapshots.length - 1);
  showModel();
  const choose = (chosen) => {
    now.chosen = chosen;
    showChosen();
  };
  const putForm = (form) => {
    marks.push({ form });
    changed();
    byId("paper").scrollIntoView({ block: "nearest", behavior: isStill() ? "auto" : "smooth" });
  };
  buildStage(choose);
  buildTraining(go);
  buildMistakes(putForm);
  byId("examples").append(
    ...model.digits.examples.map((one) => sampleButton(one, putForm, `a ${one.digit}`)),
  );
  byId("undo").addEventListener("click", undo);
  byId("clear").addEventListener("click", clear);
  byId("save").addEventListener("click", save);
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "z") undo();
    if (event.key === "Escape") clear();
  });
  drawByPointer();
  drawByKeys();
  openPictures();
  showSnapshot(now.snapshot);
  themes();
  new ResizeObserver(refresh).observe(byId("lines").parentElement);
}

const begun = begin();
