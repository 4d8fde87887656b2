// The ID space of a stream: what was read, what is empty, what is to come. One row a lane.
import { element, shape } from './elements.js';
import * as words from './words.js';

const TAIL = 12;
const BREAK = 1.5;
let patterns = 0;

export function pictures(lanes) {
  if (lanes.length === 0) {
    return [element('p', { class: 'empty' }, 'Nothing is read yet. Its schedule starts the first run, or you do.')];
  }
  return lanes.map((lane) => (isEmpty(lane) ? nothing(lane) : picture(lane, lanes.length > 1)));
}

const isEmpty = (lane) => lane.checkpoint === lane.firstId && lane.lastId === lane.firstId;

const nothing = (lane) =>
  element('p', { class: 'empty' }, lane.beyondId === null ? 'Nothing is read yet.' : `Asked and empty up to ID ${words.id(lane.beyondId)}.`);

function picture(lane, named) {
  const main = lane.beyondId === null ? 100 : 100 - TAIL - BREAK;
  const at = (place) => `${place * main}%`;
  const pattern = `gap-${patterns++}`;
  const drawing = shape(
    'svg',
    { role: 'img', 'aria-label': describe(lane), class: 'picture' },
    hatch(pattern),
    ...lane.segments.map((segment) => part(segment, lane.cells, at, pattern)),
    lane.beyondId === null ? null : beyond(lane, pattern),
    lane.refreshAt === null ? null : shape('rect', { class: 'refresh', y: 40, height: 4, x: 0, width: at(lane.refreshAt) }),
    ...lane.deadLetters.map((mark) => deadLetter(mark, lane.cells, at)),
    shape('rect', { class: 'checkpoint', x: at(lane.checkpointAt), y: 8, width: 2, height: 32 }),
  );
  return element('figure', {}, named ? element('figcaption', {}, `Lane ${lane.lane}`) : null, drawing, scale(lane));
}

function hatch(name) {
  const lines = shape('path', { d: 'M-1 1 1 -1M0 6 6 0M5 7 7 5', class: 'hatch' });
  return shape('pattern', { id: name, width: 6, height: 6, patternUnits: 'userSpaceOnUse' }, lines);
}

function part(segment, cells, at, pattern) {
  const x = segment.from / cells;
  const rect = { x: at(x), width: at(segment.to / cells - x), y: 12, height: 24 };
  const fill = segment.kind === 'gap' ? { fill: `url(#${pattern})` } : {};
  const title = shape('title', {}, `IDs ${range(segment)}: ${meaning(segment)}`);
  return shape('rect', { class: `${segment.kind} share-${segment.share}`, ...rect, ...fill }, title);
}

function beyond(lane, pattern) {
  const title = shape('title', {}, `Asked and empty up to ID ${words.id(lane.beyondId)}`);
  return shape('rect', { class: 'gap', x: `${100 - TAIL}%`, width: `${TAIL}%`, y: 12, height: 24, fill: `url(#${pattern})` }, title);
}

function deadLetter(mark, cells, at) {
  const title = shape('title', {}, `${words.plural(mark.count, 'dead letter')} from ID ${words.id(mark.firstId)}`);
  const triangle = shape('path', { d: 'M-5 0H5L0 10Z', class: 'dead' }, title);
  return shape('svg', { x: at((mark.cell + 0.5) / cells), y: 0, overflow: 'visible' }, triangle);
}

const range = (part) => `${words.id(part.firstId)} to ${words.id(part.lastId)}`;

const SHARES = ['', 'some', 'a quarter or more', 'half or more', 'three quarters or more'];

function meaning(segment) {
  switch (segment.kind) {
    case 'records':
      return `read, ${SHARES[segment.share]} of them are records`;
    case 'gap':
      return 'asked and empty';
    case 'settled':
      return 'read by a run that is no longer kept';
    default:
      return 'not read yet';
  }
}

function scale(lane) {
  const ahead = BigInt(lane.lastId) >= BigInt(lane.checkpoint);
  return element(
    'p',
    { class: 'scale', 'aria-hidden': true },
    element('span', {}, words.id(lane.firstId)),
    element('span', { class: 'at-checkpoint' }, `checkpoint ${words.id(lane.checkpoint)}`),
    ahead ? element('span', {}, `head ${words.id(lane.lastId)}`) : null,
    lane.beyondId === null ? null : element('span', {}, `empty to ${words.id(lane.beyondId)}`),
  );
}

/** What the picture shows, for those who do not see it. */
function describe(lane) {
  const letters = lane.deadLetters.reduce((sum, mark) => sum + mark.count, 0);
  return [
    `IDs ${range(lane)}, the checkpoint is ${words.id(lane.checkpoint)}.`,
    gaps(lane.segments.filter((segment) => segment.kind === 'gap')),
    `${words.plural(letters, 'dead letter')}.`,
    lane.refreshAt === null ? '' : `Refreshed up to ${words.percent(lane.refreshAt)} of the picture.`,
    lane.beyondId === null ? '' : `Asked and empty up to ${words.id(lane.beyondId)}.`,
  ].join(' ').trim();
}

function gaps(found) {
  if (found.length === 0) {
    return 'No large gap.';
  }
  const width = (gap) => BigInt(gap.lastId) - BigInt(gap.firstId);
  const longest = found.reduce((one, other) => (width(other) > width(one) ? other : one));
  return `${words.plural(found.length, 'large gap')}, the longest ${range(longest)}.`;
}
