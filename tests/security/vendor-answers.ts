/**
 * Vendors that answer what they should not: answers are recorded from the doubles once, then given again with parts
 * changed, cut, spoiled or replaced. Nothing travels: `fetch` itself is replaced, so that 100,000 cases take minutes.
 */
import fc from 'fast-check';
import { jsonValue, nasty, spoiled } from './inputs.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** As a vendor quotes what a customer wrote, in whatever field. */
export const CUSTOMER_WORDS = 'my cinnamon observatory';

type Fetch = typeof globalThis.fetch;

/** Runs `use` with `fetch` replaced. One at a time in a process. */
const withFetch = async <A>(replaced: Fetch, use: () => Promise<A>): Promise<A> => {
  const original = globalThis.fetch;
  globalThis.fetch = replaced;
  try {
    return await use();
  } finally {
    globalThis.fetch = original;
  }
};

/** What the vendor (a double) answers while `use` runs, in order. */
export const recorded = async (use: () => Promise<unknown>): Promise<readonly Answer[]> => {
  const original = globalThis.fetch;
  const answers: Answer[] = [];
  await withFetch(async (...asked) => {
    const response = await original(...asked);
    const body = Buffer.from(await response.clone().arrayBuffer());
    const headers = Object.fromEntries([...response.headers].filter(([name]) => KEPT_HEADERS.has(name)));
    answers.push({ status: response.status, headers, body });
    return response;
  }, use);
  return answers;
};

const KEPT_HEADERS = new Set(['content-type', 'retry-after', 'x-api-credits-remaining']);

/** Runs `use` with these answers, in order; the last one for ever. Tells how often it was asked. */
export const answering = async <A>(
  answers: readonly Answer[],
  use: () => Promise<A>,
): Promise<{ readonly result: A; readonly asked: number }> => {
  let asked = 0;
  const result = await withFetch(async () => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (answer === undefined) throw new TypeError('fetch failed');
    const { status, headers } = answer;
    return new Response(WITHOUT_BODY.has(status) ? null : new Uint8Array(answer.body), { status, headers });
  }, use);
  return { result, asked };
};

const WITHOUT_BODY = new Set([204, 304]);

const STATUSES = [
  200, 201, 202, 204, 206, 300, 304, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 422, 425, 429,
  451, 500, 502, 503, 504, 520, 529, 599,
] as const;

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'content-type': [
    'application/json',
    'text/html',
    'text/event-stream',
    'x',
    'text/event-stream; charset=utf-16',
  ],
  'retry-after': [
    '0',
    '-1',
    '1e309',
    '99999999999999999999',
    'soon',
    'Tue, 31 Feb 2026 25:61:61 GMT',
    '',
    '1.5',
  ],
  'x-api-credits-remaining': ['-1', 'NaN', '0', '1e309', 'many', ''],
};

const headers = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...Object.keys(HEADERS))
      .chain((name) => fc.constantFrom(...(HEADERS[name] ?? [])).map((value) => ({ [name]: value }))),
  },
);

const deep = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;

/** Bodies that have nothing to do with what was asked. */
const noise = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 4, arbitrary: jsonValue.map((value) => Buffer.from(JSON.stringify(value) ?? '')) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        '',
        ' ',
        'null',
        '{}',
        '[]',
        '"text"',
        '1e999',
        '-',
        '{"__proto__":{"polluted":true}}',
        '{"constructor":{"prototype":{"polluted":true}}}',
        '<html><body>502 Bad Gateway</body></html>',
        '{"code":{"toString":1,"valueOf":2},"message":{"toString":null},"error":{"toString":7}}',
        'data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\ndata: [DONE]\n\n',
        'event: error\ndata: x\n\n',
        '\ufeff{"ok":true}',
      )
      .map((text) => Buffer.from(text)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom<readonly [string, string]>(
          ['[', ']'],
          ['{"a":', '}'],
          ['{"data":[', ']}'],
          ['{"error":', '}'],
        ),
        fc.constantFrom(10, 1000, 20_000),
      )
      .map(([[open, close], depth]) => Buffer.from(deep(open, close, depth))),
  },
);

/** One change inside a JSON value: which of its places, and what becomes of it. */
interface Edit {
  readonly at: number;
  readonly how: 'replace' | 'drop' | 'add' | 'list' | 'twice';
  readonly key: string;
  readonly value: unknown;
}

const quoting = fc.constantFrom<unknown>(
  CUSTOMER_WORDS,
  { code: CUSTOMER_WORDS, message: CUSTOMER_WORDS, error: CUSTOMER_WORDS, details: CUSTOMER_WORDS },
  { error: { message: CUSTOMER_WORDS, code: CUSTOMER_WORDS, type: CUSTOMER_WORDS } },
  'constructor',
  '__proto__',
);

const edit: fc.Arbitrary<Edit> = fc.record({
  // The frame of an answer decides more than the hundredth row in it.
  at: fc.oneof(fc.nat(12), fc.nat(100), fc.nat()),
  how: fc.constantFrom('replace', 'replace', 'replace', 'drop', 'add', 'list', 'twice'),
  key: fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'length', 'x'),
  value: fc.oneof(nasty, jsonValue, quoting),
});

const sizeOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, child) => sum + sizeOf(child), 1)
    : 1;

const changed = (value: unknown, { how, key, value: other }: Edit): unknown => {
  switch (how) {
    case 'replace':
    case 'drop':
      return other;
    case 'list':
      return [value];
    case 'twice':
      return [value, value];
    case 'add':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries([...Object.entries(value), [key, other]])
        : other;
  }
};

/** `value` with its `at`-th place, counted from the root in depth, changed. */
const edited = (value: unknown, change: Edit): unknown => {
  let left = change.at % sizeOf(value);
  const walk = (node: unknown): unknown => {
    if (left-- === 0) return changed(node, change);
    if (Array.isArray(node)) {
      return node.flatMap((child) => {
        const isHere = left === 0 && change.how === 'drop';
        const next = walk(child);
        return isHere ? [] : [next];
      });
    }
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, child]) => {
        const isHere = left === 0 && change.how === 'drop';
        const next = walk(child);
        return isHere ? [] : [[key, next]];
      }),
    );
  };
  return walk(value);
};

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** The body with the changes made in its JSON; in an event stream, in one of its events. */
const editedBody = (body: Buffer, edits: readonly Edit[]): Buffer => {
  const text = body.toString();
  const whole = parsed(text);
  if (whole !== null) return Buffer.from(JSON.stringify(edits.reduce(edited, whole.value)) ?? '');
  const lines = text.split('\n');
  const places = lines.flatMap((line, at) => (line.startsWith('data: {') ? [at] : []));
  for (const change of edits) {
    const place = places[change.at % Math.max(1, places.length)];
    const event = place === undefined ? null : parsed((lines[place] ?? '').slice('data: '.length));
    if (place !== undefined && event !== null)
      lines[place] = `data: ${JSON.stringify(edited(event.value, change))}`;
  }
  return Buffer.from(lines.join('\n'));
};

/** How one recorded answer is made wrong. Applied to whatever was recorded, so that one arbitrary serves all vendors. */
export type Spoil = (answer: Answer) => Answer;

const body: fc.Arbitrary<(body: Buffer) => Buffer> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(edit, { minLength: 1, maxLength: 3 })
      .map((edits) => (given: Buffer) => editedBody(given, edits)),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(), fc.nat(255)).map(
      ([at, byte]) =>
        (given: Buffer) =>
          spoiled(given, at, byte),
    ),
  },
  { weight: 1, arbitrary: quoting.map((value) => () => Buffer.from(JSON.stringify(value))) },
  { weight: 3, arbitrary: noise.map((bytes) => () => bytes) },
  { weight: 1, arbitrary: fc.constant((given: Buffer) => given) },
);

/** Mostly a wrong body in a right answer, sometimes a wrong status or header with it. */
export const spoil: fc.Arbitrary<Spoil> = fc
  .record({
    body,
    headers,
    status: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.constantFrom(...STATUSES)),
  })
  .map((wrong) => (answer) => ({
    status: wrong.status ?? answer.status,
    headers: { ...answer.headers, ...wrong.headers },
    body: wrong.body(answer.body),
  }));
