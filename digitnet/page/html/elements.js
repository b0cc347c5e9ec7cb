"use strict";
// Shared by all parts of the page: elements, canvases, colours and words.

/** Make an element: properties, and children that are elements or text. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const paragraph = (...children) => make("p", {}, ...children);
const byId = (id) => document.getElementById(id);
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A colour of the style sheet as [red, green, blue]. */
function colour(name) {
  const text = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  return [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
}

const css = ([red, green, blue], alpha = 1) => `rgb(${red} ${green} ${blue} / ${alpha})`;

/** Make a canvas as sharp as the screen, and return its context in CSS pixels. */
function sharp(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Put an image of one colour on a canvas of as many pixels: alpha from 0 to 1 for each. */
function tint(canvas, width, alphas, colourOf) {
  canvas.classList.add("pixels"); // which are shown as squares
  canvas.width = width;
  canvas.height = alphas.length / width;
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  alphas.forEach((alpha, i) => {
    image.data.set([...colourOf(i), Math.round(255 * Math.min(1, alpha))], 4 * i);
  });
  context.putImageData(image, 0, 0);
}

/** "1, 2 and 3". */
function listed(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

/** A number with so many digits after the point, and a true minus sign. */
const shown = (x, digits = 2) =>
  x
    .toFixed(digits)
    .replace("-", "−")
    .replace(/^−(0\.?0*)$/, "$1");

const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
