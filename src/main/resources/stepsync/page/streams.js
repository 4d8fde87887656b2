// The tiles of all streams: which are shown, in what order, and which are folded.
import { element, setText } from './elements.js';
import { read } from './server.js';
import { Tile } from './tile.js';
import { plural, state } from './words.js';

const LONGEST = 120_000;
/** Of more streams each is a line until it is unfolded, and they can be searched. */
const FEW = 8;
const TROUBLE = ['failed', 'broken_off', 'running_or_broken_off', 'differs', 'late', 'dead', 'stopped', 'paused', 'never_run'];

export class Streams {
  #place;
  #changed;
  #finder;
  #statuses = [];
  #tiles = new Map();
  #shown = new Map();
  #seen = new Map();
  #reading = new Set();

  constructor(place, finder, changed) {
    this.#place = place;
    this.#changed = changed;
    this.#finder = {
      element: finder,
      text: finder.querySelector('input'),
      order: finder.querySelector('select'),
      found: finder.querySelector('output'),
    };
    this.#finder.text.addEventListener('input', () => this.#arrange());
    this.#finder.order.addEventListener('change', () => this.#arrange());
    setInterval(() => this.#tiles.forEach((tile) => tile.tick()), 1_000);
  }

  show(statuses) {
    this.#place.removeAttribute('aria-busy');
    this.#statuses = statuses;
    const names = statuses.map((status) => status.name);
    if (JSON.stringify(names) !== JSON.stringify([...this.#tiles.keys()]) || names.length === 0) {
      this.#makeTilesOf(names);
    }
    statuses.forEach((status) => this.#showOne(status));
    this.#arrange();
  }

  /** Route files can be edited while stepsync runs: streams come and go. */
  #makeTilesOf(names) {
    const before = this.#tiles;
    const many = names.length > FEW;
    this.#tiles = new Map(names.map((name) => [name, before.get(name) ?? this.#tile(name)]));
    this.#tiles.forEach((tile) => tile.foldable(many));
    [...before.keys()].filter((name) => !this.#tiles.has(name)).forEach((name) => [this.#shown, this.#seen].forEach((known) => known.delete(name)));
    this.#finder.element.hidden = !many;
    if (!many) {
      this.#finder.text.value = '';
    }
    document.getElementById('legend').hidden = names.length === 0;
  }

  #tile(name) {
    return new Tile(name, this.#changed, () => this.#showDetails());
  }

  #showOne(status) {
    const now = JSON.stringify(status);
    if (now !== this.#shown.get(status.name)) {
      this.#shown.set(status.name, now);
      this.#announce(this.#tiles.get(status.name).show(status), status);
    }
  }

  /** Shows those that were searched for, those in trouble first if so wanted. */
  #arrange() {
    const words = this.#finder.text.value.toLowerCase().split(/\s+/);
    const found = this.#statuses.filter((status) => words.every((word) => text(status).includes(word)));
    if (this.#tiles.size > FEW && this.#finder.order.value === 'trouble') {
      found.sort((one, other) => rank(one) - rank(other));
    }
    const place = this.#place;
    const wanted = found.map((status) => this.#tiles.get(status.name).element);
    if (wanted.length === 0) {
      const note = this.#tiles.size === 0 ? 'There is no stream yet. Add a file to routes/streams.' : 'No stream has all of these words.';
      place.replaceChildren(element('p', { class: 'empty' }, note));
    } else if (wanted.length !== place.children.length || wanted.some((tile, i) => tile !== place.children[i])) {
      const focused = document.activeElement;
      place.replaceChildren(...wanted);
      if (place.contains(focused)) {
        focused.focus({ preventScroll: true });
      }
    }
    setText(this.#finder.found, found.length === this.#tiles.size ? '' : `${found.length} of ${plural(this.#tiles.size, 'stream')}`);
    this.#showDetails();
  }

  /** What is folded or not found needs none. */
  #showDetails() {
    for (const [name, tile] of this.#tiles) {
      if (!tile.isFolded() && tile.element.isConnected && this.#seen.get(name) !== this.#shown.get(name)) {
        this.#showDetail(tile, name, this.#shown.get(name));
      }
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

const differs = (status) => status.verified?.differences > 0;

const troubles = (status) => [status.state, differs(status) ? 'differs' : null, status.late === null ? null : 'late', status.deadLetters > 0 ? 'dead' : null, status.paused ? 'paused' : null];

/** How bad it is: 0 for the worst. */
function rank(status) {
  const ranks = troubles(status).map((trouble) => TROUBLE.indexOf(trouble)).filter((place) => place >= 0);
  return Math.min(TROUBLE.length, ...ranks);
}

/** What is searched. */
const text = (status) =>
  [status.name, status.url, status.table, state(status.state), status.paused && 'paused', status.late !== null && 'late', status.deadLetters > 0 && 'dead letters', differs(status) && 'differs', status.error]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
