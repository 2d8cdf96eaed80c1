/** Reads CRM's answers: 204 is "nothing", a 2xx is not success, each record carries its own code (wire/03 §2, §4). */
import { Effect, Predicate, Schema } from 'effect';
import type { VendorResponse } from '../http/vendor-client.ts';
import { wordOf } from '../http/vendor-word.ts';
import { parseExactJson } from '../zoho-oauth/exact-json.ts';
import { CrmMalformed, CrmRejected, CrmThrottled, CrmUnavailable } from './errors.ts';

export type AnswerError = CrmThrottled | CrmRejected | CrmUnavailable | CrmMalformed;

/** Too many calls at once: a short pause, ms. */
export const CONCURRENCY_PAUSE_MS = 2_000;
/** Credits come back as the 24 hours roll on, ms. */
export const CREDITS_PAUSE_MS = 3_600_000;

/** Codes that say "nothing there" for a read. */
const ABSENT = new Set(['NO_CONTENT', 'NO_RECORDS_FOUND', 'NOT_FOUND']);
/** Codes that pass by themselves. */
const PASSING = new Set(['INTERNAL_ERROR', 'INTERNAL_SERVER_ERROR', 'RECORD_LOCKED']);

/** Credits left in the rolling day, or `null`: CRM tells only after half of them are used (wire/03 §8). */
export const creditsOf = (response: VendorResponse): number | null => {
  const header = response.headers.get('x-api-credits-remaining');
  const credits = header === null ? Number.NaN : Number(header);
  return Number.isFinite(credits) ? credits : null;
};

export interface Page {
  readonly rows: readonly unknown[];
  readonly hasMore: boolean;
}

/** The rows of a read, with numbers as text; none when nothing was found. */
export const readPage = (response: VendorResponse): Effect.Effect<Page, AnswerError> => {
  if (response.status === 204) return Effect.succeed(NOTHING);
  const json = parseExactJson(response.text());
  if (response.status < 300 && Predicate.hasProperty(json, 'data') && Array.isArray(json.data)) {
    const info = Predicate.hasProperty(json, 'info') ? json.info : null;
    const hasMore = Predicate.hasProperty(info, 'more_records') && info.more_records === true;
    return Effect.succeed({ rows: json.data as readonly unknown[], hasMore });
  }
  const code = codeOf(json);
  if (ABSENT.has(code)) return Effect.succeed(NOTHING);
  return Effect.fail(errorOf(response, json));
};

const NOTHING: Page = { rows: [], hasMore: false };

export const readRows = (response: VendorResponse): Effect.Effect<readonly unknown[], AnswerError> =>
  Effect.map(readPage(response), (page) => page.rows);

/** A call that answers neither rows nor records: fails unless it went well. A success may carry no code. */
export const readBody = (response: VendorResponse): Effect.Effect<void, AnswerError> => {
  const json = parseExactJson(response.text());
  const code = codeOf(json);
  const isGood = response.status < 300 && json !== undefined && (code === '' || code === 'SUCCESS');
  return isGood ? Effect.void : Effect.fail(errorOf(response, json));
};

const RecordResult = Schema.Struct({
  code: Schema.String,
  message: Schema.optionalKey(Schema.NullishOr(Schema.String)),
  action: Schema.optionalKey(Schema.NullishOr(Schema.String)),
  details: Schema.optionalKey(Schema.Unknown),
});

export type WriteResult =
  | { readonly kind: 'done'; readonly id: string; readonly action: 'insert' | 'update' }
  /** `DUPLICATE_DATA`: CRM names the record that is already there, and the field that gave it away. */
  | { readonly kind: 'duplicate'; readonly id: string; readonly field: string | null };

const decodeResult = Schema.decodeUnknownOption(RecordResult);

/** The outcome of a write of one record. `fallbackAction` is what happened when CRM does not say. */
export const readWrite = (
  response: VendorResponse,
  fallbackAction: 'insert' | 'update',
): Effect.Effect<WriteResult, AnswerError> => {
  const json = parseExactJson(response.text());
  // 400 also carries data[] (wire/03 §4), so the records are looked at before the status.
  const row = Predicate.hasProperty(json, 'data') && Array.isArray(json.data) ? json.data[0] : undefined;
  const decoded = decodeResult(row);
  if (decoded._tag === 'None') return Effect.fail(errorOf(response, json));
  const result = decoded.value;
  if (result.code === 'SUCCESS') {
    const id = textAt(result.details, 'id');
    if (id === null) return Effect.fail(malformed('a written record without an id'));
    const action = result.action === 'insert' || result.action === 'update' ? result.action : fallbackAction;
    return Effect.succeed({ kind: 'done', id, action });
  }
  if (result.code === 'DUPLICATE_DATA') {
    const newer = Predicate.hasProperty(result.details, 'duplicate_record')
      ? result.details.duplicate_record
      : null;
    const id = textAt(newer, 'id') ?? textAt(result.details, 'id');
    if (id !== null) return Effect.succeed({ kind: 'duplicate', id, field: fieldOf(result.details) });
  }
  return Effect.fail(rejected(result.code, result.details));
};

const errorOf = (response: VendorResponse, json: unknown): AnswerError => {
  const { status } = response;
  const code = codeOf(json);
  if (status === 429 || code === 'TOO_MANY_REQUESTS') return throttled(creditsOf(response) === 0);
  if (status >= 500 || PASSING.has(code)) return unavailable(status);
  if (code !== '') return rejected(code, Predicate.hasProperty(json, 'details') ? json.details : null);
  if (status >= 400 || json === undefined) return unavailable(status);
  return malformed('JSON without data and without a code');
};

const throttled = (creditsSpent: boolean): CrmThrottled =>
  creditsSpent
    ? new CrmThrottled({
        message: 'Zoho CRM: the API credits of the last 24 hours are used up; buy more or wait',
        retryable: true,
        retryAfterMs: CREDITS_PAUSE_MS,
      })
    : new CrmThrottled({
        message: 'Zoho CRM: too many calls at once; it is tried again in a moment',
        retryable: true,
        retryAfterMs: CONCURRENCY_PAUSE_MS,
      });

const unavailable = (status: number): CrmUnavailable =>
  new CrmUnavailable({
    status,
    message: `Zoho CRM is in trouble (HTTP ${status}); it is tried again by itself`,
    retryable: true,
  });

/** A refusal by CRM: the code and the field's name only: CRM's details can repeat what the customer said. */
export const rejected = (given: string, details: unknown): CrmRejected => {
  const code = wordOf(given) || 'none';
  const field = fieldOf(details);
  return new CrmRejected({
    code,
    field,
    message: `Zoho CRM refuses the call (${code}${field === null ? '' : `, field ${field}`}); see the list of codes in the operations guide`,
    retryable: PASSING.has(code),
  });
};

const fieldOf = (details: unknown): string | null => {
  const several =
    Predicate.hasProperty(details, 'errors') && Array.isArray(details.errors) ? details.errors[0] : null;
  const inner = Predicate.hasProperty(several, 'details') ? several.details : several;
  return wordOf(textAt(details, 'api_name') ?? textAt(inner, 'api_name')) || null;
};

const malformed = (what: string): CrmMalformed =>
  new CrmMalformed({
    message: `Zoho CRM sent ${what}; compare it with the adapter's schema`,
    retryable: false,
  });

const codeOf = (json: unknown): string => wordOf(textAt(json, 'code'));

const textAt = (value: unknown, key: string): string | null => {
  if (!Predicate.hasProperty(value, key)) return null;
  const found = value[key];
  return typeof found === 'string' && found !== '' ? found : null;
};
