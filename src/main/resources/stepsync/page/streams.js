// The tiles of all streams.
import { element, setText } from './elements.js';
import { read } from './server.js';
import { Tile } from './tile.js';
import { state } from './words.js';

const LONGEST = 120_000;

export class Streams {
  #place;
  #changed;
  #tiles = new Map();
  #seen = new Map();
  #reading = new Set();

  constructor(place, changed) {
    this.#place = place;
    this.#changed = changed;
    setInterval(() => this.#tiles.forEach((tile) => tile.tick()), 1_000);
  }

  show(statuses) {
    if (this.#place.getAttribute('aria-busy')) {
      this.#place.removeAttribute('aria-busy');
      this.#place.replaceChildren(...statuses.map((status) => this.#add(status.name)));
      document.getElementById('legend').hidden = statuses.length === 0;
      if (statuses.length === 0) {
        this.#place.append(element('p', { class: 'empty' }, 'There is no stream yet. Add a file to routes/streams.'));
      }
    }
    statuses.forEach((status) => this.#showOne(status));
  }

  #add(name) {
    const tile = new Tile(name, this.#changed);
    this.#tiles.set(name, tile);
    return tile.element;
  }

  #showOne(status) {
    const now = JSON.stringify(status);
    if (now !== this.#seen.get(status.name)) {
      const tile = this.#tiles.get(status.name);
      this.#announce(tile.show(status), status);
      this.#showDetail(tile, status.name, now);
    }
  }

  /** Of a million windows it takes seconds, and can be of a moment before: then it is asked for again. */
  async #showDetail(tile, name, now) {
    if (this.#reading.has(name)) {
      return;
    }
    this.#reading.add(name);
    try {
      const detail = await read(`/api/stream?stream=${encodeURIComponent(name)}`, LONGEST);
      tile.showDetail(detail);
      if (JSON.stringify(detail.status) === now) {
        this.#seen.set(name, now);
      }
    } catch {
      // The next look at all streams tells what is wrong, or asks again.
    } finally {
      this.#reading.delete(name);
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
