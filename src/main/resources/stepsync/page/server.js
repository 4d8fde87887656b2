// Asks the server, and tells what it answers.
const LONGEST = 15_000;
const answers = new Map();

export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Reads what a path has. What has not changed is not sent again. */
export async function read(path, longest = LONGEST) {
  const known = answers.get(path);
  const response = await fetch(path, {
    headers: known ? { 'If-None-Match': known.tag } : {},
    signal: AbortSignal.timeout(longest),
  });
  if (response.status === 304) {
    return known.value;
  }
  const value = await checked(response);
  answers.set(path, { tag: response.headers.get('ETag'), value });
  return value;
}

/** Asks for an action, and returns what it is answered with. */
export async function act(action, stream, longest = LONGEST) {
  const response = await fetch(`/api/${action}?stream=${encodeURIComponent(stream)}`, {
    method: 'POST',
    headers: { 'X-Stepsync': 'page' },
    signal: AbortSignal.timeout(longest),
  });
  return checked(response);
}

async function checked(response) {
  const value = await response.json();
  if (!response.ok) {
    throw new Refusal(response.status, value.error);
  }
  return value;
}
