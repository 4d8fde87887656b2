// What was refused, each with its reason.
import { element, moment } from './elements.js';
import { read } from './server.js';
import * as words from './words.js';

export class DeadLetters {
  #place;
  #filter;
  #statuses = [];
  #seen = null;

  constructor(place, filter) {
    this.#place = place;
    this.#filter = filter;
    filter.addEventListener('change', () => this.show(this.#statuses).catch(() => {}));
  }

  async show(statuses) {
    this.#statuses = statuses;
    this.#offer(statuses);
    const stream = this.#filter.value;
    const seen = JSON.stringify([stream, statuses.map((status) => [status.deadLetters, status.run])]);
    if (seen !== this.#seen) {
      const { deadLetters } = await read(`/api/dead-letters${stream && `?stream=${encodeURIComponent(stream)}`}`);
      this.#list(deadLetters, statuses.filter((status) => !stream || status.name === stream));
      this.#seen = seen;
    }
  }

  #offer(statuses) {
    const known = [...this.#filter.options].slice(1).map((option) => option.value);
    if (statuses.map((status) => status.name).join('\n') !== known.join('\n')) {
      this.#filter.replaceChildren(
        this.#filter.options[0],
        ...statuses.map((status) => element('option', { value: status.name }, status.name)),
      );
    }
  }

  #list(deadLetters, statuses) {
    const open = new Set([...this.#place.querySelectorAll('details[open]')].map((shown) => shown.dataset.key));
    const all = statuses.reduce((sum, status) => sum + status.deadLetters, 0);
    const list = element('ul', { class: 'dead-letters' }, ...deadLetters.map((letter) => item(letter, open)));
    const told = deadLetters.reduce((sum, letter) => sum + letter.count, 0);
    const note = all > told ? element('p', { class: 'empty' }, `${words.number(all - told)} more were refused for other reasons.`) : null;
    const none = element('p', { class: 'empty' }, 'None. Every record was taken.');
    this.#place.replaceChildren(...(deadLetters.length === 0 ? [none] : [list, note].filter(Boolean)));
  }
}

const KINDS = { fetch: 'no answer', record: 'record refused', delete: 'row cannot be deleted' };

function item(letter, open) {
  const key = JSON.stringify([letter.stream, letter.id, letter.kind]);
  const one = `${letter.stream}, ID ${words.id(letter.id)}`;
  const title = letter.count === 1 ? one : `${letter.stream}, ${words.number(letter.count)} of a kind; the first, ID ${words.id(letter.id)}`;
  return element(
    'li',
    {},
    element('h3', {}, title),
    element('p', { class: 'reason' }, letter.reason),
    element('p', { class: 'source' }, KINDS[letter.kind] ?? letter.kind, `, tried ${words.plural(letter.tries, 'time')}, last `, moment(letter.seenAt)),
    letter.payload
      ? element('details', { 'data-key': key, open: open.has(key) }, element('summary', {}, 'Record', element('span', { class: 'unseen' }, ` of ${one}`)), element('pre', { tabindex: 0 }, letter.payload))
      : null,
  );
}
