// A stream's tile: how it stands, its picture, its actions.
import { element, setText } from './elements.js';
import { act } from './server.js';
import { preview } from './preview.js';
import { picture } from './picture.js';
import { RunList } from './runs.js';
import * as words from './words.js';

const FEEDBACK = 10_000;

/** An API is asked, again and again if it fails. */
const PATIENCE = 300_000;
const ACTIONS = { run: 'Run now', pause: 'Pause', preview: 'Preview', retry: 'Retry dead letters' };

export class Tile {
  #status = null;
  #changed;
  #unfolded;
  #foldable = false;
  #enabled = true;
  #busy = false;
  #forgetting;
  #parts = {};
  #buttons = {};
  #runs = new RunList();

  constructor(name, changed, unfolded) {
    this.#changed = changed;
    this.#unfolded = unfolded;
    const part = (tag, attributes = {}) => element(tag, attributes);
    this.#parts = {
      state: part('p', { class: 'state' }),
      paused: element('p', { class: 'state', 'data-state': 'paused', hidden: true }, 'Paused'),
      late: part('p', { class: 'state', 'data-state': 'late', hidden: true }),
      brief: part('p', { class: 'brief' }),
      fold: element('button', { type: 'button', class: 'fold', hidden: true, 'aria-expanded': 'true', 'aria-label': `All of ${name}` }),
      source: part('p', { class: 'source' }),
      error: part('p', { class: 'error', hidden: true }),
      feedback: part('p', { class: 'feedback', role: 'status' }),
      preview: part('div'),
      figures: part('dl'),
      verified: part('p', { class: 'verified', hidden: true }),
      pictures: element('div', { class: 'pictures' }, element('p', { class: 'empty' }, 'Loading its IDs…')),
    };
    for (const [action, label] of Object.entries(ACTIONS)) {
      this.#buttons[action] = element('button', { type: 'button', 'data-action': action }, label);
      this.#buttons[action].addEventListener('click', () => this.#act(action));
    }
    this.element = element(
      'article',
      { 'aria-label': `Stream ${name}`, 'data-stream': name },
      element(
        'div',
        { class: 'line' },
        element('div', { class: 'title' }, this.#parts.fold, element('h3', {}, name), this.#parts.state, this.#parts.paused, this.#parts.late),
        this.#parts.brief,
        element('div', { class: 'actions', role: 'group', 'aria-label': `Actions of ${name}` }, ...Object.values(this.#buttons)),
      ),
      this.#parts.feedback,
      this.#parts.preview,
      this.#parts.source,
      this.#parts.error,
      this.#parts.figures,
      this.#parts.pictures,
      this.#parts.verified,
      this.#runs.element,
    );
    this.#parts.fold.addEventListener('click', () => {
      this.#fold(!this.isFolded());
      this.#unfolded();
    });
  }

  /** One of many is folded at first, to a line. */
  foldable(foldable) {
    if (foldable !== this.#foldable) {
      this.#foldable = foldable;
      this.#parts.fold.hidden = !foldable;
      this.#fold(foldable);
    }
  }

  #fold(folded) {
    this.element.toggleAttribute('data-folded', folded);
    this.#parts.fold.setAttribute('aria-expanded', !folded);
    this.tick();
  }

  isFolded() {
    return this.element.hasAttribute('data-folded');
  }

  /** Shows how the stream stands, and returns how it stood. */
  show(status) {
    const before = this.#status;
    this.#status = status;
    const { state, paused, late, source, error } = this.#parts;
    state.dataset.state = status.state;
    setText(state, words.state(status.state));
    paused.hidden = !status.paused;
    late.hidden = status.late === null;
    setText(late, status.late === null ? '' : `Late, due ${words.clock(status.late)}`);
    late.title = 'No thread was free for it until its schedule fired again; see stepsync.threads';
    setText(source, `${status.url} to table ${status.table}`);
    error.hidden = !explain(status);
    setText(error, explain(status) ?? '');
    this.tick();
    this.#showButtons();
    return before;
  }

  /** What the last verify of the table found, below the picture of its IDs. */
  #showVerified(verified) {
    const line = this.#parts.verified;
    line.hidden = verified === null;
    if (verified !== null) {
      line.dataset.outcome = verified.equal ? 'equal' : verified.differences > 0 ? 'differs' : 'unknown';
      setText(line, `Verified ${words.ago(verified.ended)}: ${verified.summary}`);
      line.title = `stepsync verify ended ${words.clock(verified.ended)}`;
    }
  }

  showDetail(detail) {
    this.#parts.pictures.replaceChildren(picture(detail.picture));
    this.#runs.show(detail);
  }

  /** What grows old by itself. */
  tick() {
    if (this.#status && this.isFolded()) {
      setText(this.#parts.brief, brief(this.#status));
    } else if (this.#status) {
      this.#showVerified(this.#status.verified);
      const texts = figures(this.#status);
      if (this.#parts.figures.childElementCount !== texts.length) {
        this.#parts.figures.replaceChildren(
          ...texts.map(([name]) => element('div', {}, element('dt', {}, name), element('dd'))),
        );
      }
      texts.forEach(([name, text], i) => {
        const [term, value] = this.#parts.figures.children[i].children;
        setText(term, name);
        setText(value, text);
      });
    }
  }

  enable(enabled) {
    this.#enabled = enabled;
    this.#showButtons();
  }

  #showButtons() {
    const status = this.#status;
    if (!status) {
      return;
    }
    setText(this.#buttons.pause, status.paused ? 'Resume' : 'Pause');
    const reasons = {
      run: status.paused ? 'It is paused' : status.state === 'running' ? 'It is running' : null,
      pause: null,
      preview: null,
      retry: status.deadLetters === 0 ? 'It has no dead letters' : null,
    };
    reasons.retry ??= reasons.run;
    for (const [action, button] of Object.entries(this.#buttons)) {
      const reason = this.#enabled ? (this.#busy ? 'One moment' : reasons[action]) : 'The connection is lost';
      // It stays where the keyboard is, and says why.
      button.setAttribute('aria-disabled', reason !== null);
      button.title = reason ?? '';
    }
  }

  async #act(action) {
    if (this.#buttons[action].getAttribute('aria-disabled') === 'true') {
      this.#feedback(`${this.#buttons[action].title}.`, false);
      return;
    }
    this.#busy = true;
    this.#showButtons();
    try {
      if (action === 'preview') {
        await this.#preview();
      } else {
        this.#feedback(`${(await act(action === 'pause' && this.#status.paused ? 'resume' : action, this.#status.name)).message}.`, true);
      }
    } catch (error) {
      this.#feedback(`That did not work: ${error.message}.`, false);
    }
    this.#busy = false;
    this.#showButtons();
    this.#changed();
  }

  /** It stays until it is closed, or asked for again. */
  async #preview() {
    const place = this.#parts.preview;
    const name = this.#status.name;
    this.#feedback('Asks its API…', true);
    const seen = await act('preview', name, PATIENCE);
    this.#feedback('', true);
    place.replaceChildren(
      preview(name, seen, () => {
        place.replaceChildren();
        this.#buttons.preview.focus();
      }),
    );
    place.querySelector('h4').focus();
  }

  #feedback(text, good) {
    const feedback = this.#parts.feedback;
    feedback.dataset.good = good;
    setText(feedback, text);
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => setText(feedback, ''), FEEDBACK);
  }
}

function explain(status) {
  if (status.state === 'broken_off') {
    return 'The last run was broken off: its process is gone, or could not keep its end. The next run goes on at the checkpoint.';
  }
  if (status.state === 'running_or_broken_off') {
    return 'The last run goes on, or was broken off: its process is on another machine, and cannot be seen from here.';
  }
  return status.error;
}

function budget({ name, limit, heldUntil }) {
  const held = heldUntil === null || heldUntil <= Date.now() ? '' : `, held back until ${words.clock(heldUntil)}`;
  return `${name === null ? '' : `${name}, `}${limit}${held}`;
}

/** A line for one of many. */
function brief(status) {
  const run = status.run;
  return [
    `checkpoint ${words.id(status.checkpoint)}`,
    ...(status.lag === null ? [] : [`lag ${words.id(status.lag)}`]),
    ...(status.deadLetters === 0 ? [] : [words.plural(status.deadLetters, 'dead letter')]),
    ...(status.verified?.differences > 0 ? ['verify: differs'] : []),
    ...(run === null ? [] : [run.ended === null ? `${run.kind} ${words.end(run)}` : `last run ${words.end(run)}`]),
  ].join(' · ');
}

function figures(status) {
  const run = status.run;
  return [
    ['Checkpoint', words.id(status.checkpoint)],
    status.head === null ? ['Up to', status.maxId === null ? 'the end' : words.id(status.maxId)] : ['Head', words.id(status.head)],
    ...(status.lag === null ? [] : [['Lag', words.id(status.lag)]]),
    ...(status.youngUntil === null ? [] : [['Young', `${words.id(status.young)}, ${words.age(status.youngUntil)}`]]),
    ...(status.budget === null ? [] : [['Budget', budget(status.budget)]]),
    ['Dead letters', words.number(status.deadLetters)],
    ['Next run', status.paused ? 'when resumed' : status.next === null ? 'never' : words.until(status.next)],
    ['Last run', run === null ? '–' : `${run.kind}, ${words.end(run)}`],
    ...(run === null ? [] : [['Its records', words.number(run.records)], ['Its rows/s', words.number(words.rowsPerSecond(run))]]),
    ...(status.refresh === null ? [] : [['Refresh', `${words.percent(status.refresh.share)}${status.refresh.running ? '' : ', waiting'}`]]),
  ];
}
