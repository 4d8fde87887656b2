// The tiles of all streams.
import { element, setText } from './elements.js';
import { read } from './server.js';
import { Tile } from './tile.js';
import { state } from './words.js';

export class Streams {
  #place;
  #changed;
  #tiles = new Map();
  #seen = new Map();

  constructor(place, changed) {
    this.#place = place;
    this.#changed = changed;
    setInterval(() => this.#tiles.forEach((tile) => tile.tick()), 1_000);
  }

  async show(statuses) {
    if (this.#place.getAttribute('aria-busy')) {
      this.#place.removeAttribute('aria-busy');
      this.#place.replaceChildren(...statuses.map((status) => this.#add(status.name)));
      document.getElementById('legend').hidden = statuses.length === 0;
      if (statuses.length === 0) {
        this.#place.append(element('p', { class: 'empty' }, 'There is no stream yet. Add a file to routes/streams.'));
      }
    }
    for (const status of statuses) {
      await this.#showOne(status);
    }
  }

  #add(name) {
    const tile = new Tile(name, this.#changed);
    this.#tiles.set(name, tile);
    return tile.element;
  }

  /** A detail can be of a moment before: it is asked for again until it is of this one. */
  async #showOne(status) {
    const tile = this.#tiles.get(status.name);
    const before = this.#seen.get(status.name);
    const now = JSON.stringify(status);
    if (now === before) {
      return;
    }
    this.#announce(tile.show(status), status);
    const detail = await read(`/api/stream?stream=${encodeURIComponent(status.name)}`);
    tile.showDetail(detail);
    if (JSON.stringify(detail.status) === now) {
      this.#seen.set(status.name, now);
    }
  }

  #announce(before, status) {
    if (before && before.state !== status.state) {
      setText(document.getElementById('announcement'), `${status.name}: ${state(status.state)}`);
    }
  }

  enable(enabled) {
    this.#tiles.forEach((tile) => tile.enable(enabled));
  }
}
