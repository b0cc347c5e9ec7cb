"use strict";
// Everything put together: what is drawn, chosen and shown at this moment.

const now = {
  network: trained,
  moment: 0,
  reading: null,
  chosen: null,
  output: null,
};

let asked = 0;

/** Read the drawing and show all anew, once for each picture of the screen. */
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
  tellAnswer(now.reading);
  announce(now.reading);
  showChosen();
  arithmetic();
}

/** What the network at this moment reads of the drawing. */
function readDrawing() {
  const form = formOfDrawing();
  return form ? readForm(model, now.network, form) : readInk(model, now.network, inkOfDrawing());
}

function showChosen() {
  tellNeuron(now.network, now.reading, now.chosen);
  drawConnections(now.network, now.reading, now.chosen, stage.elements);
}

function arithmetic() {
  const focused = document.activeElement?.id === "output";
  tellArithmetic(now.network, now.reading, now.output);
  const choice = byId("output");
  if (!choice) return;
  choice.addEventListener("change", () => {
    now.output = Number(choice.value);
    arithmetic();
  });
  if (focused) choice.focus();
}

/** Show the network as it was at a moment of its training. */
function go(moment) {
  now.moment = moment;
  now.network = moments[moment].network();
  tellMoment(moment);
  showWeights(now.network);
  refresh();
}

/** Light or dark, as the system has it until someone chooses. */
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
  await unpackMoments();
  now.moment = Math.max(0, moments.length - 1);
  tellModel();
  const choose = (chosen) => {
    now.chosen = chosen;
    showChosen();
  };
  const putForm = (form) => {
    marks.push({ form });
    changed();
    byId("paper").scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  };
  buildStage(choose);
  buildTime(go);
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
  tellMoment(now.moment);
  themes();
  new ResizeObserver(refresh).observe(byId("lines").parentElement);
}

const begun = begin();
