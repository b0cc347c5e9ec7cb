"use strict";
// The ink of a drawing on clean paper. Parity, and descriptions of the limits:
// images/ink/threshold.py and images/ink/strength.py.

/** The ink of the drawing, cropped to it: 0 paper, up to 1 ink. */
function findInk(drawn) {
  const values = cropped(drawn);
  const strokes = strokesOf(values);
  const { pieces, labels } = components(strokes);
  const kept = new Set(withoutSpecks(pieces));
  for (const { label } of pieces.filter((piece) => !kept.has(piece))) {
    labels.data.forEach((own, i) => {
      if (own === label) values.data[i] = strokes.data[i] = 0;
    });
  }
  return cropped(fullStrength(values, strokes));
}

/** Pixels above a fraction of the level of their connected piece. */
function strokesOf(drawn, limits = LIMITS.contrast) {
  const { pieces, labels } = components(mapped(drawn, (level) => level > limits.least_even));
  const own = labels.data;
  const [peak, sum, count] = [0, 1, 2].map(() => new Float64Array(pieces.length));
  drawn.data.forEach((level, i) => {
    if (level > peak[own[i]]) peak[own[i]] = level;
  });
  drawn.data.forEach((level, i) => {
    if (!(level > peak[own[i]] * limits.peak)) return;
    sum[own[i]] += level;
    count[own[i]] += 1;
  });
  const levels = sum.map((total, k) => total / count[k]);
  const least = limits.clean * levels[sum.indexOf(Math.max(...sum))];
  const cuts = levels.map((level) => (level >= least ? limits.clean * level : Infinity));
  return mapped(drawn, (level, i) => level > cuts[own[i]]);
}

/** Contrast divided by the ink's own: strokes, and their soft edges nearby. */
function fullStrength(values, strokes, limits = LIMITS.ink) {
  const bold = values.data.filter((_, i) => strokes.data[i]).sort();
  const level = percentile(bold, 100 - limits.boldest);
  const [, top, , bottom] = inkBox(strokes);
  const near = dilation(strokes, Math.trunc(2 * limits.reach * (bottom - top)));
  const edge = Math.max(LIMITS.contrast.least_even, LIMITS.contrast.least * level);
  return mapped(values, (value, i) =>
    strokes.data[i] || (near.data[i] && value > edge) ? Math.min(value / level, 1) : 0,
  );
}

/** The value below which so many per cent of sorted numbers lie. */
function percentile(sorted, share) {
  const at = ((sorted.length - 1) * share) / 100;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
