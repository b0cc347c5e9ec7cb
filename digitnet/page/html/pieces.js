"use strict";
// The connected pieces of ink, and the lines that they form. Parity, and descriptions of the limits:
// images/measure/components.py, images/ink/specks.py, numbers/pieces.py and page/data.py.

/** The 8-connected pieces of a mask: box [left, top, right, bottom] and area of each. */
function components(mask) {
  const { data, height, width } = padded(mask, 1); // so that each pixel has eight neighbours
  const around = [-width - 1, -width, 1 - width, -1, 1, width - 1, width, width + 1];
  const labels = newPicture(height, width, -1);
  const waiting = new Int32Array(data.length);
  const pieces = [];
  for (let start = 0; start < data.length; start++) {
    if (!data[start] || labels.data[start] >= 0) continue;
    let [count, left, top, right, bottom] = [1, width, height, 0, 0];
    waiting[0] = start;
    labels.data[start] = pieces.length;
    for (let done = 0; done < count; done++) {
      const column = waiting[done] % width;
      const row = (waiting[done] - column) / width;
      left = Math.min(left, column - 1);
      top = Math.min(top, row - 1);
      right = Math.max(right, column);
      bottom = Math.max(bottom, row);
      for (let k = 0; k < 8; k++) {
        const next = waiting[done] + around[k];
        if (!data[next] || labels.data[next] >= 0) continue;
        labels.data[next] = pieces.length;
        waiting[count++] = next;
      }
    }
    pieces.push({ box: [left, top, right, bottom], area: count });
  }
  return { pieces, labels: cut(labels, 1, 1, width - 1, height - 1).data };
}

const widthOf = ({ box }) => box[2] - box[0];
const heightOf = ({ box }) => box[3] - box[1];
const longerOf = (piece) => Math.max(widthOf(piece), heightOf(piece));

/** Remove pieces that are too small, and fragments far from every stroke. */
function withoutSpecks(pieces, limits = LIMITS.specks) {
  const main = pieces.reduce((best, piece) => (piece.area > best.area ? piece : best));
  const size = longerOf(main);
  const fragment = LIMITS.contrast.fragment * size;
  const large = pieces.filter((piece) => longerOf(piece) >= fragment);
  const nearest = ({ box }) => Math.min(...large.map((one) => Math.max(...apart(box, one.box))));
  return pieces.filter(
    (piece) =>
      longerOf(piece) >= limits.size * size &&
      (large.includes(piece) || nearest(piece) < fragment),
  );
}

/** Pixels between two boxes, across and down; below 0 where they overlap. */
function apart(a, b) {
  return [Math.max(b[0] - a[2], a[0] - b[2]), Math.max(b[1] - a[3], a[1] - b[3])];
}

/** Lines from top to bottom, and the boxes of the pieces of each from left to right. */
function findLines(ink, limits = LIMITS.pieces) {
  const lines = [];
  const boxes = boxesOf(components(mapped(ink, (level) => level > limits.faintest)).pieces, limits);
  for (const box of boxes.sort((a, b) => a[0] + a[2] - b[0] - b[2])) {
    const shares = lines.map((line) => overlap(box, line[line.length - 1]));
    const most = Math.max(...shares);
    if (most > limits.overlap) lines[shares.indexOf(most)].push(box);
    else lines.push([box]);
  }
  const middle = (line) => line.reduce((sum, box) => sum + box[1] + box[3], 0) / line.length;
  return lines.sort((a, b) => middle(a) - middle(b));
}

/** Rows that two boxes have in common, as a fraction of the lower one's height. */
function overlap(a, b) {
  return -apart(a, b)[1] / Math.min(a[3] - a[1], b[3] - b[1]);
}

/** Boxes of the pieces as tall as a digit, each with the fragments that belong to it. */
function boxesOf(pieces, limits) {
  const height = typicalHeight(pieces);
  const isLow = (piece) => heightOf(piece) < limits.fragment * height;
  const tall = pieces.filter((piece) => !isLow(piece)).map(({ box }) => ({ box, whole: [...box] }));
  for (const { box } of pieces.filter(isLow)) {
    const gaps = tall.map((one) => Math.hypot(...apart(box, one.box).map((x) => Math.max(x, 0))));
    const least = Math.min(...gaps);
    if (least > limits.reach * height) continue;
    const { whole } = tall[gaps.indexOf(least)];
    box.forEach(
      (edge, i) => (whole[i] = i < 2 ? Math.min(whole[i], edge) : Math.max(whole[i], edge)),
    );
  }
  return tall.map(({ whole }) => whole);
}

/** Height of the piece that has half of the ink in lower ones. */
function typicalHeight(pieces) {
  let half = pieces.reduce((sum, { area }) => sum + area, 0) / 2;
  const order = [...pieces].sort((a, b) => heightOf(a) - heightOf(b));
  return heightOf(order.find(({ area }) => (half -= area) <= 0));
}

/** Whether there clearly are several digits: two that are clearly apart, or stacked. */
function holdsSeveral(lines, limits = LIMITS.several) {
  const boxes = lines.flat();
  const stacked = lines.some(
    (lower, i) =>
      i &&
      Math.max(...lines[i - 1].map((box) => box[3])) <= Math.min(...lower.map((box) => box[1])),
  );
  const height =
    lines.length > 1 && !stacked
      ? Math.max(...boxes.map((box) => box[3])) - Math.min(...boxes.map((box) => box[1]))
      : Math.max(...boxes.map((box) => box[3] - box[1]));
  const beside = lines.some((line) =>
    line.some((box, i) => i && box[0] - line[i - 1][2] > limits.gap * height),
  );
  return stacked || beside || boxes.some((box) => box[2] - box[0] > limits.widest * height);
}
