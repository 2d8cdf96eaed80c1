/** Reads Inventory's envelope `{code, message, …}`: the code decides, for an error can come in HTTP 200 (wire/04 §1). */
import { Effect, Predicate } from 'effect';
import type { VendorResponse } from '../http/vendor-client.ts';
import { wordOf } from '../http/vendor-word.ts';
import { parseExactJson } from '../zoho-oauth/exact-json.ts';
import { InventoryRejected, InventoryThrottled, InventoryUnavailable } from './errors.ts';

export type AnswerError = InventoryThrottled | InventoryRejected | InventoryUnavailable;

/** The minute's limit is over after this, ms (wire/04 §2). */
export const MINUTE_PAUSE_MS = 60_000;
/** Too many calls at once: a short pause, ms. */
export const CONCURRENCY_PAUSE_MS = 2_000;
const DAY_MS = 86_400_000;

/** Codes of "no such thing", which for a read is an answer and not an error (wire/04 §3). */
const ABSENT = '1002';

/**
 * The envelope of a good answer, with numbers as text, or `null` when the resource does not exist.
 * `now` is ms since the epoch, for the day's limit. `words` are Zoho's own in an error: of customers and orders they
 * repeat names, so there only the code is told.
 */
export const readEnvelope = (
  response: VendorResponse,
  now: number,
  words: 'told' | 'hidden' = 'told',
): Effect.Effect<Record<string, unknown> | null, AnswerError> => {
  const { status } = response;
  const json = parseExactJson(response.text());
  if (!Predicate.isObject(json))
    return Effect.fail(status === 429 ? throttled('44', now) : unavailable(status));
  const envelope = json as Record<string, unknown>;
  const code = wordOf(envelope.code);
  if (status < 400 && code === '0') return Effect.succeed(envelope);
  if (status === 429 || code === '45') return Effect.fail(throttled(code, now));
  if (code === ABSENT || status === 404) return Effect.succeed(null);
  if (status >= 500 || code === '1000') return Effect.fail(unavailable(status));
  return Effect.fail(
    rejected(
      status,
      code,
      words === 'told' && typeof envelope.message === 'string' ? envelope.message : null,
    ),
  );
};

const throttled = (code: string, now: number): InventoryThrottled => {
  if (code === '45') {
    const message =
      'Zoho Inventory: the calls of this day are used up; raise the plan or wait until tomorrow';
    // The hour at which Zoho counts anew is not documented; midnight UTC is our reading.
    return new InventoryThrottled({
      limit: 'day',
      message,
      retryable: false,
      retryAfterMs: DAY_MS - (now % DAY_MS),
    });
  }
  if (code === '1070') {
    const message = 'Zoho Inventory: too many calls at once; lower what runs in parallel';
    return new InventoryThrottled({
      limit: 'concurrency',
      message,
      retryable: true,
      retryAfterMs: CONCURRENCY_PAUSE_MS,
    });
  }
  const message = 'Zoho Inventory: more than 100 calls in this minute; the next try is in a minute';
  return new InventoryThrottled({ limit: 'minute', message, retryable: true, retryAfterMs: MINUTE_PAUSE_MS });
};

const unavailable = (status: number): InventoryUnavailable =>
  new InventoryUnavailable({
    status,
    message: `Zoho Inventory is in trouble (HTTP ${status}); it is tried again by itself`,
    retryable: true,
  });

const rejected = (status: number, code: string, words: string | null): InventoryRejected => {
  const named = code === '' ? 'none' : code;
  return new InventoryRejected({
    code: named,
    status,
    message: `Zoho Inventory refuses the call (code ${named}, HTTP ${status})${words === null ? '; see the list of codes in the operations guide' : `: ${words.slice(0, 200)}`}`,
    retryable: false,
  });
};
