// The last runs of a stream: charts, and a table.
import { element, moment } from './elements.js';
import { Charts } from './charts.js';
import { Scroll } from './scroll.js';
import * as words from './words.js';

const COLUMNS = ['Started', 'Kind', 'Outcome', 'Took', 'Windows', 'Records', 'Upserted', 'Unchanged', 'Deleted', 'Dead letters', 'Rows/s', 'Request, mean', 'longest'];
const NODE = 'Node';

export class RunList {
  #summary = element('summary', {}, 'Runs and charts');
  #charts = new Charts();
  #head = element('tr');
  #body = element('tbody');
  #scroll;
  #detail = null;

  constructor() {
    const table = element('table', {}, element('caption', { class: 'unseen' }, 'The last runs'), element('thead', {}, this.#head), this.#body);
    this.#scroll = new Scroll('The last runs', table);
    this.element = element(
      'details',
      { class: 'runs' },
      this.#summary,
      this.#charts.element,
      ...this.#scroll.elements,
    );
    this.element.addEventListener('toggle', () => this.#draw());
  }

  show(detail) {
    this.#detail = detail;
    this.#draw();
  }

  /** A chart needs a width, which it has when it is open. */
  #draw() {
    if (this.#detail && this.element.open) {
      const { runs, latencies, firings } = this.#detail;
      this.#charts.show(firings, latencies);
      const columns = runs.some((run) => run.node) ? [...COLUMNS, NODE] : COLUMNS;
      this.#head.replaceChildren(...columns.map((name) => element('th', { scope: 'col' }, name)));
      this.#body.replaceChildren(...(runs.length === 0 ? [none()] : runs.flatMap((run) => rows(run, latencies[run.run], columns))));
      this.#scroll.tellMore();
    }
  }
}

const none = () => element('tr', {}, element('td', { colspan: COLUMNS.length }, 'No run yet.'));

const rows = (run, latency, columns) => [row(run, latency, columns), ...(run.error ? [reason(run, columns)] : [])];

const reason = (run, columns) =>
  element('tr', { class: 'because' }, element('td', { colspan: columns.length }, element('p', {}, run.error)));

function row(run, latency, columns) {
  const counts = [run.windows, run.records, run.upserted, run.unchanged, run.deleted, run.dead, words.rowsPerSecond(run)];
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, moment(run.started)),
    element('td', {}, run.lanes > 1 || run.lane > 0 ? `${run.kind}, lane ${run.lane}` : run.kind),
    element('td', { 'data-state': run.status }, words.state(run.status === 'paused' ? 'stopped' : run.status)),
    element('td', { class: 'number' }, words.took(run)),
    ...counts.map((count) => element('td', { class: 'number' }, words.number(count))),
    ...[latency?.meanMillis, latency?.longestMillis].map((millis) => element('td', { class: 'number' }, millis === undefined ? '–' : `${words.number(millis)} ms`)),
    ...(columns.includes(NODE) ? [element('td', {}, run.node ?? '–')] : []),
  );
}
