// Makes elements. Text goes in as text, never as HTML: much of it comes from APIs.
import { clock } from './words.js';

const SVG = 'http://www.w3.org/2000/svg';

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const element = (name, attributes = {}, ...children) =>
  fill(document.createElement(name), attributes, children);

export const shape = (name, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, name), attributes, children);

/** Changes a text only where it differs, so that nothing is read aloud or selected away for naught. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** A moment, short, and in full where the pointer rests. */
export const moment = (millis) =>
  element('time', { datetime: new Date(millis).toISOString(), title: new Date(millis).toLocaleString() }, clock(millis));
