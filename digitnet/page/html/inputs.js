"use strict";
// What a network is shown of a digit: brightness of pixels, or orientation features.
// Parity: images/form/inputs.py.

const { CELLS, ORIENTATIONS, LENGTH, POWER } = LIMITS;
const DIAGONAL = Math.fround(Math.cos(Math.PI / 4));

/** x = byte / 255. */
const pixels = (image) => Float32Array.from(image, (level) => level / 255);

/** How much edge of each of 8 orientations there is in each of 7 × 7 cells, scaled to |x| = 10. */
function orientations(image) {
  const x = edges(image).map((edge) => edge ** POWER);
  const length = Math.hypot(...x);
  return length > 0 ? x.map((edge) => (LENGTH * edge) / length) : x;
}

/** Gradient of each orientation in each cell: orientation by orientation, each by rows of cells. */
function edges(image) {
  const light = padded({ data: pixels(image), height: SIDE, width: SIDE }, 1);
  const x = new Float32Array(ORIENTATIONS * CELLS * CELLS);
  const sums = new Float64Array(x.length);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const i = (row + 1) * light.width + column + 1;
      const right = light.data[i + 1] - light.data[i - 1];
      const down = light.data[i + light.width] - light.data[i - light.width];
      if (right === 0 && down === 0) continue;
      const beside = DIAGONAL * Math.sqrt(right * right + down * down);
      const halves = [right, DIAGONAL * (right + down), down, DIAGONAL * (down - right)];
      halves.forEach((along, j) => {
        addToCells(sums, j, row, column, Math.max(along - beside, 0));
        addToCells(sums, j + halves.length, row, column, Math.max(-along - beside, 0));
      });
    }
  }
  x.set(sums);
  return x;
}

/** Triangular weight of each row of pixels for each row of cells. */
const TO_CELLS = Array.from({ length: CELLS }, (_, cell) => {
  const width = SIDE / CELLS;
  const centre = width * (cell + 0.5) - 0.5;
  return Array.from({ length: SIDE }, (_, i) => Math.max(1 - Math.abs(i - centre) / width, 0));
});

function addToCells(sums, orientation, row, column, edge) {
  if (edge === 0) return;
  for (let down = 0; down < CELLS; down++) {
    if (TO_CELLS[down][row] === 0) continue;
    for (let across = 0; across < CELLS; across++) {
      sums[(orientation * CELLS + down) * CELLS + across] +=
        TO_CELLS[down][row] * TO_CELLS[across][column] * edge;
    }
  }
}

const INPUTS = { pixels, orientations };
