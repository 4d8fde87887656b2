// What the next run of a stream would make of its first window.
import { element } from './elements.js';
import { Scroll } from './scroll.js';
import * as words from './words.js';

export function preview(stream, seen, close) {
  const heading = element('h4', { tabindex: -1 }, 'Preview');
  const button = element('button', { type: 'button' }, 'Close');
  button.addEventListener('click', close);
  const shown = seen.window === null ? [element('p', {}, 'The next run has nothing to ask.')] : window(stream, seen);
  return element(
    'section',
    { class: 'preview', 'aria-label': `Preview of ${stream}` },
    element('div', { class: 'line' }, heading, button),
    ...shown,
  );
}

function window(stream, seen) {
  const [first, last] = seen.window.split('..').map(words.id);
  const counts = [words.plural(seen.records, 'record'), words.plural(seen.rowCount, 'row'), `${words.number(seen.refusedCount)} refused`];
  return [
    element('p', { class: 'source' }, `${seen.request}, IDs ${first} to ${last}`),
    element('p', {}, `${counts.join(', ')}. Nothing was written.`),
    ...(seen.problem === null ? [] : [element('p', { class: 'error' }, `The table: ${seen.problem}`)]),
    ...(seen.rows.length === 0 ? [] : table(stream, seen)),
    ...more(seen.rowCount - seen.rows.length, 'more row'),
    ...(seen.refused.length === 0 ? [] : [refused(seen)]),
    ...more(seen.refusedCount - seen.refused.length, 'more refused record'),
  ];
}

function table(stream, { columns, rows }) {
  const head = element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)));
  const body = rows.map((row) => element('tr', {}, ...row.map(cell)));
  const caption = element('caption', { class: 'unseen' }, `Rows of ${stream} as they would be written`);
  const made = element('table', {}, caption, element('thead', {}, head), element('tbody', {}, ...body));
  return new Scroll(`Rows of ${stream}`, made).elements;
}

const cell = (value) => (value === null ? element('td', { class: 'none' }, 'null') : element('td', { title: value }, value));

const refused = (seen) =>
  element('ul', { class: 'refused' }, ...seen.refused.map(({ id, reason }) => element('li', {}, `ID ${words.id(id)}: ${reason}`)));

const more = (count, what) => (count > 0 ? [element('p', { class: 'empty' }, `and ${words.plural(count, what)}`)] : []);
