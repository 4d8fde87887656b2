// How numbers, times and states are said.
export const STATES = {
  running: 'Running',
  caught_up: 'Caught up',
  failed: 'Failed',
  stopped: 'Stopped',
  never_run: 'Never run',
  paused: 'Paused',
  broken_off: 'Broken off',
  running_or_broken_off: 'Running or broken off',
};

export const state = (name) => STATES[name] ?? name.replaceAll('_', ' ');

export const number = (value) => (value === null ? '–' : Math.round(value).toLocaleString('en'));

/** IDs are text, for they can be larger than JavaScript's numbers. */
export const id = (text) => (text === null ? '–' : BigInt(text).toLocaleString('en'));

export const plural = (count, word) => `${number(count)} ${word}${count === 1 ? '' : 's'}`;

export const percent = (share) => `${Math.floor(100 * share)} %`;

export function duration(millis) {
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 120) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) {
    return `${minutes} min`;
  }
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** The time of a moment of today, day and time of another. */
export function clock(millis) {
  const time = new Date(millis);
  const today = time.toDateString() === new Date().toDateString();
  const text = time.toLocaleTimeString([], { hourCycle: 'h23' });
  return today ? text : `${time.toLocaleDateString([], { day: 'numeric', month: 'short' })} ${text}`;
}

const whole = (millis) => duration(millis).replace(/\.\d s$/, ' s');

export const ago = (millis) => `${whole(Date.now() - millis)} ago`;

export function until(millis) {
  const wait = millis - Date.now();
  return wait < 1_000 ? 'now' : wait > 172_800_000 ? new Date(millis).toLocaleDateString() : `in ${whole(wait)}`;
}

/** When what is asked once more has come of age. */
export const age = (millis) => (millis > Date.now() ? `until ${clock(millis)}` : 'asked by the next run');

/** When a run ended, or that it goes on, or was broken off. */
export const end = (run) => (run.ended !== null ? ago(run.ended) : run.status === 'running' ? 'goes on' : state(run.status).toLowerCase());

/** Nobody knows when one was broken off. */
const isTimed = (run) => run.ended !== null || run.status === 'running';

const millis = (run) => (run.ended ?? Date.now()) - run.started;

export const took = (run) => (isTimed(run) ? duration(millis(run)) : '–');

export const rowsPerSecond = (run) => (isTimed(run) ? run.records / Math.max(0.001, millis(run) / 1000) : null);
