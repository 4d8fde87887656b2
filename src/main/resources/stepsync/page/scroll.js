// A table that scrolls sideways, and says so.
import { element } from './elements.js';

export class Scroll {
  #more = element('p', { class: 'more', hidden: true }, 'The table goes on to the right: scroll it sideways →');
  #scroll;

  constructor(label, table) {
    this.#scroll = element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': `${label}, scrollable` }, table);
    this.#scroll.addEventListener('scroll', () => this.tellMore());
    new ResizeObserver(() => this.tellMore()).observe(this.#scroll);
    this.elements = [this.#more, this.#scroll];
  }

  /** Where there are no scroll bars, nothing else tells that there are more columns. */
  tellMore() {
    const { scrollWidth, clientWidth, scrollLeft } = this.#scroll;
    this.#more.hidden = scrollWidth <= clientWidth;
    this.#scroll.toggleAttribute('data-more', scrollLeft + clientWidth < scrollWidth - 1);
  }
}
