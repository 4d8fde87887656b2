// The ID space of a stream: what was read, what is empty, what is to come. Lanes stand one below
// the other, each where its IDs lie.
import { element, shape } from './elements.js';
import * as words from './words.js';

const TAIL = 12;
const BREAK = 1.5;
const MOST_ROWS = 8;
let patterns = 0;

/** Where the bar of a lane stands; beside a thin one is place for its name. */
const WHOLE = { top: 12, height: 24, over: 4, mark: 1, refresh: 4 };
const PITCH = 20;
const thin = (lane) => ({ top: 8 + PITCH * (lane.lane % MOST_ROWS), height: 10, over: 2, mark: 0.6, refresh: 2 });

export function picture(space) {
  if (space === null) {
    return element('p', { class: 'empty' }, 'Nothing is read yet. Its schedule starts the first run, or you do.');
  }
  return isEmpty(space) ? nothing(space) : drawn(space);
}

const isEmpty = ({ lanes, firstId, lastId }) => lanes.length === 1 && lanes[0].checkpoint === firstId && lastId === firstId;

const nothing = (space) =>
  element('p', { class: 'empty' }, space.beyondId === null ? 'Nothing is read yet.' : `Asked and empty up to ID ${words.id(space.beyondId)}.`);

function drawn(space) {
  const { lanes } = space;
  const main = space.beyondId === null ? 100 : 100 - TAIL - BREAK;
  const at = (place) => `${place * main}%`;
  const pattern = `gap-${patterns++}`;
  const several = lanes.length > 1;
  const place = several ? thin : () => WHOLE;
  const rows = Math.min(lanes.length, MOST_ROWS);
  const drawing = shape(
    'svg',
    { role: 'img', 'aria-label': describe(space), class: 'picture', height: several ? PITCH * rows + 4 : 46 },
    hatch(pattern),
    ...(several ? tracks(rows, lanes, at) : []),
    ...(several && lanes.length <= MOST_ROWS ? lanes.map((lane) => name(lane, at, place(lane))) : []),
    ...lanes.flatMap((lane) => bar(lane, space.cells, at, pattern, place(lane))),
    space.beyondId === null ? null : beyond(space, pattern, place(lanes.at(-1))),
  );
  return element('figure', {}, drawing, scale(space));
}

/** A line on which the bar of each row stands. */
function tracks(rows, lanes, at) {
  return lanes.slice(0, rows).map((lane) => {
    const { top, height } = thin(lane);
    return shape('rect', { class: 'track', x: 0, width: at(1), y: top + height / 2, height: 1 });
  });
}

function bar(lane, cells, at, pattern, place) {
  const { top, height, over } = place;
  const refresh = { class: 'refresh', y: top + height + over, height: place.refresh };
  return [
    ...lane.segments.map((segment) => part(segment, cells, at, pattern, place)),
    lane.refreshAt === null ? null : shape('rect', { ...refresh, x: at(lane.from), width: at(lane.refreshAt - lane.from) }),
    ...lane.deadLetters.map((mark) => deadLetter(mark, cells, at, place)),
    shape('rect', { class: 'checkpoint', x: at(lane.checkpointAt), y: top - over, width: 2, height: height + 2 * over }),
  ];
}

/** It stands where there is more place. */
function name(lane, at, { top, height }) {
  const left = lane.from > 1 - lane.to;
  const text = lane.settled ? 'settled' : words.id(lane.checkpoint);
  return shape(
    'text',
    { class: 'lane', x: at(left ? lane.from : lane.to), dx: left ? -8 : 8, y: top + height - 1, 'text-anchor': left ? 'end' : 'start' },
    `lane ${lane.lane}, ${text}`,
  );
}

function hatch(name) {
  const lines = shape('path', { d: 'M-1 1 1 -1M0 6 6 0M5 7 7 5', class: 'hatch' });
  return shape('pattern', { id: name, width: 6, height: 6, patternUnits: 'userSpaceOnUse' }, lines);
}

function part(segment, cells, at, pattern, { top, height }) {
  const x = segment.from / cells;
  const rect = { x: at(x), width: at(segment.to / cells - x), y: top, height };
  const fill = segment.kind === 'gap' ? { fill: `url(#${pattern})` } : {};
  const title = shape('title', {}, `IDs ${range(segment)}: ${meaning(segment)}`);
  return shape('rect', { class: `${segment.kind} share-${segment.share}`, ...rect, ...fill }, title);
}

function beyond(space, pattern, { top, height }) {
  const title = shape('title', {}, `Asked and empty up to ID ${words.id(space.beyondId)}`);
  return shape('rect', { class: 'gap', x: `${100 - TAIL}%`, width: `${TAIL}%`, y: top, height, fill: `url(#${pattern})` }, title);
}

function deadLetter(mark, cells, at, { top, mark: size }) {
  const title = shape('title', {}, `${words.plural(mark.count, 'dead letter')} from ID ${words.id(mark.firstId)}`);
  const triangle = shape('path', { d: 'M-5 0H5L0 10Z', class: 'dead', transform: `scale(${size})` }, title);
  return shape('svg', { x: at((mark.cell + 0.5) / cells), y: top - 12 * size, overflow: 'visible' }, triangle);
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

const checkpoint = ({ lanes }) => (lanes.find((lane) => !lane.settled) ?? lanes.at(-1)).checkpoint;

function scale(space) {
  const ahead = BigInt(space.lastId) >= BigInt(checkpoint(space));
  return element(
    'p',
    { class: 'scale', 'aria-hidden': true },
    element('span', {}, words.id(space.firstId)),
    element('span', { class: 'at-checkpoint' }, `checkpoint ${words.id(checkpoint(space))}`),
    ahead ? element('span', {}, `head ${words.id(space.lastId)}`) : null,
    space.beyondId === null ? null : element('span', {}, `empty to ${words.id(space.beyondId)}`),
  );
}

/** What the picture shows, for those who do not see it. */
function describe(space) {
  const { lanes } = space;
  const letters = lanes.flatMap((lane) => lane.deadLetters).reduce((sum, mark) => sum + mark.count, 0);
  const begun = lanes.filter((lane) => lane.refreshAt !== null);
  return [
    `IDs ${range(space)}, the checkpoint is ${words.id(checkpoint(space))}.`,
    gaps(lanes.flatMap((lane) => lane.segments).filter((segment) => segment.kind === 'gap')),
    `${words.plural(letters, 'dead letter')}.`,
    ...(lanes.length > 1
      ? laneByLane(lanes)
      : begun.map((lane) => `Refreshed up to ${words.percent(lane.refreshAt)} of the picture.`)),
    space.beyondId === null ? '' : `Asked and empty up to ${words.id(space.beyondId)}.`,
  ].join(' ').trim();
}

function laneByLane(lanes) {
  return lanes.length > MOST_ROWS
    ? [`${words.plural(lanes.length, 'lane')}, ${lanes.filter((lane) => lane.settled).length} of them settled.`]
    : lanes.map((lane) => `Lane ${lane.lane}: IDs ${range(lane)}, ${lane.settled ? 'settled' : `its checkpoint is ${words.id(lane.checkpoint)}`}.`);
}

function gaps(found) {
  if (found.length === 0) {
    return 'No large gap.';
  }
  const width = (gap) => BigInt(gap.lastId) - BigInt(gap.firstId);
  const longest = found.reduce((one, other) => (width(other) > width(one) ? other : one));
  return `${words.plural(found.length, 'large gap')}, the longest ${range(longest)}.`;
}
