/** One log line for a person at a terminal: time, level, message, then the fields. */

const COLOURS: Readonly<Record<string, string>> = {
  debug: '\u001b[90m',
  info: '\u001b[36m',
  warn: '\u001b[33m',
  error: '\u001b[31m',
};
const DIM = '\u001b[90m';
const RESET = '\u001b[0m';

interface Line {
  readonly level: string;
  readonly time: string;
  readonly msg?: string;
  readonly error?: { readonly stack?: string };
  readonly [field: string]: unknown;
}

const shown = (value: unknown): string =>
  typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value);

/** Turns a JSON line of pino into a coloured one; a line that is not ours passes as it is. */
export const prettyLine = (json: string): string => {
  let line: Line;
  try {
    line = JSON.parse(json) as Line;
  } catch {
    return json;
  }
  const { level, time, msg = '', ...fields } = line;
  const stack = line.error?.stack;
  const rest = Object.entries(fields).map(([key, value]) => {
    const brief = key === 'error' && line.error !== undefined ? { ...line.error, stack: undefined } : value;
    return ` ${DIM}${key}=${RESET}${shown(brief)}`;
  });
  const head = `${DIM}${time.slice(11, 23)}${RESET} ${COLOURS[level] ?? ''}${level.padEnd(5)}${RESET} ${msg}`;
  return `${head}${rest.join('')}\n${stack === undefined ? '' : `${DIM}${stack}${RESET}\n`}`;
};
