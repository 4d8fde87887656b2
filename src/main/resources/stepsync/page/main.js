// Asks how the streams stand, again and again, and shows it.
import { setText } from './elements.js';
import { read, Refusal } from './server.js';
import { clock, plural } from './words.js';
import { Streams } from './streams.js';
import { DeadLetters } from './dead-letters.js';

const INTERVAL = 1_000;
const HIDDEN_INTERVAL = 20_000;

const connection = document.getElementById('connection');
const trouble = document.getElementById('trouble');
const streams = new Streams(document.getElementById('streams'), document.getElementById('finder'), () => look());
const deadLetters = new DeadLetters(document.getElementById('dead-letters'), document.getElementById('dead-letters-of'));
let timer;
let looking = false;
let lastSeen = null;

async function look() {
  if (looking) {
    return;
  }
  looking = true;
  clearTimeout(timer);
  try {
    const { streams: statuses } = await read('/api/streams');
    streams.show(statuses);
    await deadLetters.show(statuses);
    summarize(statuses);
    connected();
  } catch (error) {
    disconnected(error);
  } finally {
    looking = false;
    timer = setTimeout(look, document.hidden ? HIDDEN_INTERVAL : INTERVAL);
  }
}

function summarize(statuses) {
  const counts = ['running', 'failed', 'broken_off', 'running_or_broken_off']
    .map((name) => [name, statuses.filter((status) => status.state === name).length])
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`);
  setText(document.getElementById('summary'), [plural(statuses.length, 'stream'), ...counts].join(', '));
  const failed = statuses.filter((status) => status.state === 'failed').length;
  document.title = failed ? `${failed} failed – stepsync` : 'stepsync';
}

function connected() {
  lastSeen = new Date();
  connection.dataset.state = 'live';
  setText(connection, 'Live');
  trouble.hidden = true;
  setText(trouble, '');
  streams.enable(true);
}

function disconnected(error) {
  const answered = error instanceof Refusal;
  connection.dataset.state = 'lost';
  setText(connection, answered ? 'No data' : 'Connection lost');
  const since = lastSeen ? ` What is shown is from ${clock(lastSeen)}.` : '';
  const reason = answered ? `The server cannot tell: ${error.message}.` : 'The connection to stepsync is lost.';
  setText(trouble, `${reason}${since} It is tried again every second.`);
  trouble.hidden = false;
  document.querySelectorAll('[data-loading]').forEach((place) => setText(place, 'Nothing could be loaded yet.'));
  streams.enable(false);
}

document.addEventListener('visibilitychange', () => document.hidden || look());
look();
