/**
 * What vendors answer is a stranger's bytes, too. Whatever comes, a call ends with a value or with one of its typed
 * errors, says what to do, repeats nothing that the vendor wrote about a customer, and leaves the process as it was.
 */
import { Cause, Effect, Exit, Logger } from 'effect';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casesOf, seedsOf } from './inputs.ts';
import { type Answer, answering, CUSTOMER_WORDS, recorded, type Spoil, spoil } from './vendor-answers.ts';
import { startVendors, type VendorCall, type Vendors } from './vendor-calls.ts';

const VENDORS = [
  'wazzup',
  'telegram',
  'openrouter',
  'whisper',
  'jina',
  'qdrant',
  'zoho-oauth',
  'zoho-crm',
  'zoho-inventory',
] as const;

interface Known extends VendorCall {
  readonly answers: readonly Answer[];
}

let vendors: Vendors;
const known: Known[] = [];

const QUIET = Logger.layer([]);
const ended = (call: VendorCall) => Effect.runPromiseExit(Effect.provide(call.run(), QUIET));

beforeAll(async () => {
  vendors = await startVendors();
  for (const call of vendors.calls) {
    const answers = await recorded(() => ended(call));
    known.push({ ...call, answers });
  }
});
afterAll(() => vendors.close());

const callsOf = (vendor: string): readonly Known[] => known.filter((call) => call.vendor === vendor);

/** Longer than any wait of ours for an answer that is there at once: a call that takes it hangs. */
const HANGS_MS = 60_000;
const MESSAGE_CHARS_MAX = 2000;

const clean = Object.getOwnPropertyNames(Object.prototype).sort();

/** Where in a value a function lies: `table[word]` gives one for `constructor`. */
const functionsIn = (value: unknown, path = ''): readonly string[] => {
  if (typeof value === 'function') return [path];
  const isPlain =
    Array.isArray(value) || (isRecord(value) && Object.getPrototypeOf(value) === Object.prototype);
  return isPlain ? Object.entries(value).flatMap(([key, child]) => functionsIn(child, `${path}.${key}`)) : [];
};
const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Reads of the catalog: what Zoho says of an article is nobody's secret, and helps who mends it. */
const TOLD = new Set(['zoho-inventory listItems', 'zoho-inventory itemBySku']);

const judge = (name: string, exit: Exit.Exit<unknown, unknown>): void => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(clean);
  if (Exit.isSuccess(exit)) {
    expect(functionsIn(exit.value), name).toEqual([]);
    return;
  }
  expect(Cause.hasDies(exit.cause), `${name}: ${Cause.pretty(exit.cause)}`).toBe(false);
  const error = Cause.squash(exit.cause) as { _tag?: unknown; message?: unknown; retryable?: unknown };
  expect(error._tag, name).toBeTypeOf('string');
  expect(error.retryable, name).toBeTypeOf('boolean');
  expect(error.message, name).toBeTypeOf('string');
  expect(String(error.message).length, name).toBeGreaterThan(10);
  expect(String(error.message).length, name).toBeLessThan(MESSAGE_CHARS_MAX);
  // The bill of a failed call is kept with it, with the model's name and the generation's id as the vendor writes them.
  if (!TOLD.has(name)) expect(JSON.stringify({ ...error, bill: null }), name).not.toContain(CUSTOMER_WORDS);
  expect(String(error.message), name).not.toMatch(/\[object |\bNaN\b/);
};

const tried = async (call: Known, answers: readonly Answer[]): Promise<void> => {
  const hung = Promise.withResolvers<never>();
  const timer = setTimeout(() => hung.reject(new Error(`${call.name} does not end`)), HANGS_MS);
  try {
    const { result } = await Promise.race([answering(answers, () => ended(call)), hung.promise]);
    judge(`${call.vendor} ${call.name}`, result);
  } finally {
    clearTimeout(timer);
  }
};

/** One of its answers made wrong, or all of them by the same change. */
const wrong = (call: Known, at: number, change: Spoil): readonly Answer[] => {
  const place = at % (call.answers.length + 1);
  return call.answers.map((answer, i) =>
    place === call.answers.length || place === i ? change(answer) : answer,
  );
};

describe('the doubles', () => {
  it('answered each call, so that there is something to spoil', () => {
    expect(new Set(known.map(({ vendor }) => vendor))).toEqual(new Set(VENDORS));
    expect(
      known.filter(({ answers }) => answers.length === 0).map(({ vendor, name }) => `${vendor} ${name}`),
    ).toEqual([]);
  });

  it.each(VENDORS)('of %s answered most calls well, so that a change is a near miss', async (vendor) => {
    const good = callsOf(vendor).filter(({ answers }) => answers.some(({ status }) => status < 300));
    expect(good.length / callsOf(vendor).length).toBeGreaterThan(0.5);
  });
});

describe.each(VENDORS)('answers of %s, fuzzed', (vendor) => {
  it.each(seedsOf('vendor'))('are taken as kept in %s', async (_, body) => {
    for (const call of callsOf(vendor)) {
      for (const status of [200, 400, 500]) {
        for (const place of call.answers.keys()) {
          const answers = call.answers.map((answer, i) =>
            i === place ? { ...answer, status, body } : answer,
          );
          await tried(call, answers);
        }
      }
    }
  });

  it('end in a value or a typed error, whatever they hold', async () => {
    const cases = fc.tuple(fc.nat(), fc.nat(), spoil);
    await fc.assert(
      fc.asyncProperty(cases, async ([which, at, change]) => {
        const calls = callsOf(vendor);
        const call = calls[which % calls.length];
        if (call === undefined) throw new Error(`${vendor} has no calls`);
        await tried(call, wrong(call, at, change));
      }),
      { numRuns: casesOf(250) },
    );
  }, 3_600_000);
});
