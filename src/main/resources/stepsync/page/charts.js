// Rows per second and the latency of requests, run by run.
import uPlot from './uplot.js';
import { element } from './elements.js';
import { clock, rowsPerSecond } from './words.js';

const HEIGHT = 180;
const dark = matchMedia('(prefers-color-scheme: dark)');

export class Charts {
  #places = [element('div', { class: 'chart' }), element('div', { class: 'chart' })];
  #plots = [];
  #data = null;
  #widths = new ResizeObserver(() => this.#fit());

  constructor() {
    const figure = (place, text) => element('figure', {}, element('figcaption', {}, text), place);
    this.element = element(
      'div',
      { class: 'charts', 'aria-hidden': true },
      figure(this.#places[0], 'Rows per second, by run'),
      figure(this.#places[1], 'Request latency in milliseconds, by run'),
    );
    this.#widths.observe(this.element);
    dark.addEventListener('change', () => this.#draw());
  }

  show(runs, latencies) {
    const old = [...runs].reverse();
    const times = old.map((run) => run.started / 1000);
    const latency = (name) => old.map((run) => latencies[run.run]?.[name] ?? null);
    this.#data = [
      [times, old.map(rowsPerSecond)],
      [times, latency('meanMillis'), latency('longestMillis')],
    ];
    if (this.#plots.length === 0) {
      this.#draw();
    } else {
      this.#plots.forEach((plot, i) => plot.setData(this.#data[i]));
    }
  }

  #draw() {
    if (this.#data) {
      this.#plots.forEach((plot) => plot.destroy());
      this.#plots = [
        this.#plot(0, [line('rows/s', '--records')]),
        this.#plot(1, [line('mean', '--records'), line('longest', '--muted', [4, 4])]),
      ];
    }
  }

  #plot(i, series) {
    const axis = { stroke: color('--muted'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false }, size: 56 };
    const settings = {
      width: this.#width(i),
      height: HEIGHT,
      cursor: { show: false },
      legend: { live: false },
      padding: [12, 32, 0, 0],
      scales: { x: { range: () => this.#span(i) }, y: { range: (plot, least, most) => [0, Math.max(1, (most ?? 0) * 1.1)] } },
      axes: [{ ...axis, size: 28, space: 80, values: (plot, times) => times.map((time) => clock(1000 * time)) }, axis],
      series: [{}, ...series],
    };
    return new uPlot(settings, this.#data[i], this.#places[i]);
  }

  /** Of a single run, a minute around it. */
  #span(i) {
    const times = this.#data[i][0];
    return times.length === 1 ? [times[0] - 60, times[0] + 60] : [times[0], times.at(-1)];
  }

  #width(i) {
    return Math.max(200, this.#places[i].clientWidth);
  }

  #fit() {
    this.#plots.forEach((plot, i) => {
      if (this.#places[i].clientWidth > 0 && plot.width !== this.#width(i)) {
        plot.setSize({ width: this.#width(i), height: HEIGHT });
      }
    });
  }
}

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const line = (label, name, dash) => ({ label, stroke: color(name), width: 2, dash, points: { show: true, size: 5 } });
