"use strict";
// The connected pieces of ink: which are specks, and whether they are several digits.
// Parity: images/measure/components.py, images/ink/specks.py, numbers/pieces.py and
// numbers/several.py, which say what the limits mean.

const PIECES = {
  cut: 0.25,
  size: 0.15,
  area: 0.02,
  whole: 0.35,
  near: 0.35,
  faintest: 0.3,
  fragment: 0.45,
  overlap: 0.35,
  gap: 0.15,
  broken: 8,
  widest: 1.7,
};

/** The 8-connected pieces of what is above a level: box [left, top, right, bottom] and area. */
function components({ data, height, width }, level) {
  const labels = new Int32Array(data.length).fill(-1);
  const waiting = new Int32Array(data.length);
  const pieces = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] <= level || labels[start] >= 0) continue;
    let [count, left, top, right, bottom] = [1, width, height, 0, 0];
    waiting[0] = start;
    labels[start] = pieces.length;
    for (let done = 0; done < count; done++) {
      const x = waiting[done] % width;
      const y = (waiting[done] - x) / width;
      if (x < left) left = x;
      if (y < top) top = y;
      if (x >= right) right = x + 1;
      if (y >= bottom) bottom = y + 1;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const next = row * width + column;
          if (data[next] <= level || labels[next] >= 0) continue;
          labels[next] = pieces.length;
          waiting[count++] = next;
        }
      }
    }
    pieces.push({ box: [left, top, right, bottom], area: count });
  }
  return { pieces, labels };
}

const widthOf = ({ box }) => box[2] - box[0];
const heightOf = ({ box }) => box[3] - box[1];
const longerOf = (piece) => Math.max(widthOf(piece), heightOf(piece));

/** Leave out what is far smaller than the largest piece, or too small and too far from a digit. */
function withoutSpecks(ink, limits = PIECES) {
  const { pieces, labels } = components(ink, limits.cut);
  if (!pieces.length) return newPicture(ink.height, ink.width);
  const main = pieces.reduce((best, piece) => (piece.area > best.area ? piece : best));
  const stays = pieces.filter(
    (piece) =>
      longerOf(piece) >= limits.size * longerOf(main) && piece.area >= limits.area * main.area,
  );
  const whole = stays.filter((piece) => longerOf(piece) >= limits.whole * longerOf(main));
  const kept = new Set(
    stays.filter(
      (piece) =>
        whole.includes(piece) ||
        Math.min(...whole.map((one) => gap(piece.box, one.box))) < limits.near * longerOf(main),
    ),
  );
  if (kept.size === pieces.length) return ink;
  const gone = mapped(ink, (_, i) => labels[i] >= 0 && !kept.has(pieces[labels[i]]));
  const halo = dilation(gone, 5); // the soft edge of what goes
  return mapped(ink, (level, i) => (halo.data[i] && !kept.has(pieces[labels[i]]) ? 0 : level));
}

/** Pixels between two boxes, along the axis with more of them. */
function gap(a, b) {
  return Math.max(b[0] - a[2], a[0] - b[2], b[1] - a[3], a[1] - b[3]);
}

/** Whether there plainly are several digits: pieces plainly apart, stacked, or a very wide one. */
function holdsSeveral(ink, limits = PIECES) {
  const { pieces } = components(ink, limits.faintest);
  const tallest = Math.max(...pieces.map(heightOf));
  const tall = pieces.filter((piece) => heightOf(piece) >= limits.fragment * tallest);
  tall.sort((a, b) => a.box[0] + a.box[2] - b.box[0] - b.box[2]);
  return tall.some((piece, i) => {
    if (widthOf(piece) > limits.widest * tallest) return true;
    const next = tall[i + 1];
    if (!next) return false;
    const beside = next.box[0] - piece.box[2] > limits.gap * tallest;
    const stacked = gap(piece.box, next.box) >= 0 && rowsInCommon(piece.box, next.box) <= 0;
    return beside || stacked;
  });
}

function rowsInCommon(a, b) {
  return Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
}
