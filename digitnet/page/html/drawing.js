"use strict";
// The drawing: strokes of the pen, or a picture; and its ink, as an array and as a PNG.

const INK_SIDE = 280; // pixels of the ink, along a side
const PEN = 20; // pixels of it, the width of the pen: a digit drawn large has strokes like MNIST's
const MARGIN = 40; // pixels of paper around it in the PNG, so that no stroke touches the edge

/** Marks in order; one that covers everything hides those before it. */
const marks = [];

/** The visible marks: from the last that covers everything. */
function visible() {
  const first = marks.findLastIndex((mark) => !mark.points);
  return marks.slice(Math.max(first, 0)).filter((mark) => !mark.cleared);
}

/** The ink of the drawing; a picture alone keeps its own pixels. */
function inkOfDrawing() {
  const [first, ...others] = visible();
  if (first?.ink && !others.length) return first.ink;
  const { data } = rastered().getContext("2d").getImageData(0, 0, INK_SIDE, INK_SIDE);
  const ink = newPicture(INK_SIDE, INK_SIDE);
  return mapped(ink, (_, i) => data[4 * i + 3] / 255);
}

/** The picture in MNIST's form, if it is alone on the paper; else null. */
function formOfDrawing() {
  const [first, ...others] = visible();
  return first?.form && !others.length ? first.form : null;
}

/** The drawing in black on a transparent canvas of 280 × 280. */
function rastered() {
  const canvas = make("canvas", { width: INK_SIDE, height: INK_SIDE });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  paint(context, [0, 0, 0]);
  return canvas;
}

/** Paint the marks into a context of 280 × 280 units. */
function paint(context, rgb) {
  for (const mark of visible()) {
    if (mark.points) stroke(context, mark.points, css(rgb));
    else picture(context, mark, rgb);
  }
}

function stroke(context, points, style) {
  context.strokeStyle = context.fillStyle = style;
  context.lineWidth = PEN;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  const [[x, y], ...others] = points;
  if (!others.length) {
    context.arc(x, y, PEN / 2, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.moveTo(x, y);
  // Through the middles between points, so that the stroke is smooth.
  points.slice(1).forEach(([nextX, nextY], i) => {
    const [lastX, lastY] = points[i];
    context.quadraticCurveTo(lastX, lastY, (lastX + nextX) / 2, (lastY + nextY) / 2);
  });
  context.lineTo(...others[others.length - 1]);
  context.stroke();
}

function picture(context, mark, rgb) {
  const levels = mark.form ? Float32Array.from(mark.form, (level) => level / 255) : mark.ink.data;
  const width = mark.form ? SIDE : mark.ink.width;
  const image = make("canvas");
  tint(image, width, levels, () => rgb);
  const scale = INK_SIDE / Math.max(image.width, image.height);
  const [across, down] = [image.width * scale, image.height * scale];
  context.imageSmoothingQuality = "high";
  context.drawImage(image, (INK_SIDE - across) / 2, (INK_SIDE - down) / 2, across, down);
}

/** The drawing as a picture to save: dark ink on white paper, with a margin. */
function exported() {
  const side = INK_SIDE + 2 * MARGIN;
  const canvas = make("canvas", { width: side, height: side });
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, side, side);
  context.drawImage(rastered(), MARGIN, MARGIN);
  return canvas;
}
