"use strict";
// The connected pieces of ink, and the lines that they form. Parity, and descriptions of the limits:
// images/measure/components.py, images/ink/specks.py and numbers/pieces.py.

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
    pieces.push({ label: pieces.length, box: [left, top, right, bottom], area: count });
  }
  return { pieces, labels: cut(labels, 1, 1, width - 1, height - 1) };
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
      longerOf(piece) >= limits.size * size && (large.includes(piece) || nearest(piece) < fragment),
  );
}

/** Pixels between two boxes, across and down; below 0 where they overlap. */
function apart(a, b) {
  return [Math.max(b[0] - a[2], a[0] - b[2]), Math.max(b[1] - a[3], a[1] - b[3])];
}

/** Lines from top to bottom, and the pieces of each from left to right: box and ink. */
function findLines(ink, limits = LIMITS.pieces) {
  const lines = [];
  const middle = ({ box }) => box[0] + box[2];
  for (const piece of piecesOf(ink, limits).sort((a, b) => middle(a) - middle(b))) {
    const shares = lines.map((line) => overlap(piece, line[line.length - 1]));
    const most = Math.max(...shares);
    if (most > limits.overlap) lines[shares.indexOf(most)].push(piece);
    else lines.push([piece]);
  }
  const level = (line) => line.reduce((sum, { box }) => sum + box[1] + box[3], 0) / line.length;
  return lines.sort((a, b) => level(a) - level(b));
}

/** Rows that two pieces have in common, as a fraction of the lower one's height. */
function overlap(a, b) {
  return -apart(a.box, b.box)[1] / Math.min(heightOf(a), heightOf(b));
}

/** Pieces as tall as a digit, with the fragments that belong to them. */
function piecesOf(ink, limits) {
  const { pieces, labels } = components(mapped(ink, (level) => level > limits.faintest));
  const height = typicalHeight(pieces);
  const isLow = (piece) => heightOf(piece) < limits.fragment * height;
  const tall = pieces.filter((piece) => !isLow(piece)).map((piece) => [piece]);
  for (const piece of pieces.filter(isLow)) {
    const gaps = tall.map(([{ box }]) =>
      Math.hypot(...apart(piece.box, box).map((pixels) => Math.max(pixels, 0))),
    );
    const least = Math.min(...gaps);
    if (least <= limits.reach * height) tall[gaps.indexOf(least)].push(piece);
  }
  return tall.map((parts) => drawnAlone(ink, labels, parts));
}

/** Height of the piece that has half of the ink in lower ones. */
function typicalHeight(pieces) {
  let half = pieces.reduce((sum, { area }) => sum + area, 0) / 2;
  const order = [...pieces].sort((a, b) => heightOf(a) - heightOf(b));
  return heightOf(order.find(({ area }) => (half -= area) <= 0));
}

/** The ink of some components alone. */
function drawnAlone(ink, labels, parts) {
  const [left, top] = [0, 1].map((edge) => Math.min(...parts.map(({ box }) => box[edge])));
  const [right, bottom] = [2, 3].map((edge) => Math.max(...parts.map(({ box }) => box[edge])));
  const box = [left, top, right, bottom];
  const own = cut(labels, ...box).data;
  const isOwn = new Set(parts.map(({ label }) => label));
  return { box, ink: mapped(cut(ink, ...box), (level, i) => (isOwn.has(own[i]) ? level : 0)) };
}
