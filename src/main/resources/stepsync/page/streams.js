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
    this.#place.removeAttribute('aria-busy');
    const names = statuses.map((status) => status.name);
    if (JSON.stringify(names) !== JSON.stringify([...this.#tiles.keys()]) || names.length === 0) {
      this.#showTilesOf(names);
    }
    statuses.forEach((status) => this.#showOne(status));
  }

  /** Route files can be edited while stepsync runs: streams come and go. */
  #showTilesOf(names) {
    const before = this.#tiles;
    this.#tiles = new Map(names.map((name) => [name, before.get(name) ?? new Tile(name, this.#changed)]));
    [...before.keys()].filter((name) => !this.#tiles.has(name)).forEach((name) => this.#seen.delete(name));
    const empty = element('p', { class: 'empty' }, 'There is no stream yet. Add a file to routes/streams.');
    this.#place.replaceChildren(...(names.length === 0 ? [empty] : [...this.#tiles.values()].map((tile) => tile.element)));
    document.getElementById('legend').hidden = names.length === 0;
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
