/**
 * The guard between whatever code passes to the log and what is written. Customers' words, phones, names and
 * e-mails, and secrets, are dropped even when passed by mistake; ids that contain a phone become keyed hashes.
 */
import { createHmac } from 'node:crypto';
import { Redacted } from 'effect';

/** A short, stable reference to a value: equal values look equal in one installation and cannot be turned back. */
export type KeyedHash = (value: string) => string;

export const makeKeyedHash = (key: Redacted.Redacted<string> | string): KeyedHash => {
  const secret = typeof key === 'string' ? key : Redacted.value(key);
  return (value) => `#${createHmac('sha256', secret).update(value).digest('hex').slice(0, 12)}`;
};

/** Limits of one line (G10): deeper, longer or more is cut and says so. */
const DEPTH_MAX = 6;
const ITEMS_MAX = 50;
const STRING_MAX = 2000;

/** Compared without case, `_` and `-`. A name that ends in one of these words is dropped as well (`customerName`). */
const DROPPED = [
  ...['text', 'caption', 'transcript', 'content', 'body', 'answer', 'prompt'],
  ...[
    'phone',
    'phonenumber',
    'email',
    'customername',
    'contactname',
    'firstname',
    'lastname',
    'fullname',
    'address',
  ],
  ...['password', 'secret', 'token', 'authorization', 'cookie', 'apikey', 'credentials', 'signature'],
];
/** Dropped only when it is the whole key: `name` says nothing about a person in `queueName` or `fileName`. */
const DROPPED_WHOLE = new Set(['name', 'url', 'query', 'headers', 'input', 'payload', 'snapshot', 'context']);
/** A conversation's id holds the chat id, and that is the phone number: its hash is all a log needs. */
const HASHED = new Set([
  'actorid',
  'conversationid',
  'conversation',
  'chatid',
  'customerid',
  'commandid',
  'eventid',
  'actor',
]);

const fold = (key: string): string => key.toLowerCase().replace(/[_-]/g, '');

const isDropped = (key: string): boolean =>
  DROPPED_WHOLE.has(key) || DROPPED.some((word) => key === word || key.endsWith(word));

/** Conversation ids, e-mail addresses, bearer tokens, and digits long enough to be a phone number, within a text. */
const makeScrub =
  (hash: KeyedHash) =>
  (text: string): string => {
    const scrubbed = text
      .slice(0, STRING_MAX)
      .replace(/\bwz:[^:\s]+:[^\s:"'`,)\]}]+/g, (id) => hash(id))
      .replace(/[^\s@"'<>]{1,100}@[^\s@"'<>]{1,200}?\.[^\s@"'<>]{1,200}/g, '[e-mail]')
      .replace(/\b(bearer|basic|zoho-oauthtoken)\s+\S+/gi, '$1 [secret]')
      .replace(/(?<![\w.:-])\+?\d(?:[ ()-]{0,2}\d){8,14}(?![\w:-]|\.\d)/g, '[number]');
    return text.length > STRING_MAX ? `${scrubbed}… (${text.length} characters)` : scrubbed;
  };

export interface Guard {
  readonly message: (text: string) => string;
  readonly fields: (fields: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

export const makeGuard = (hash: KeyedHash): Guard => {
  const scrub = makeScrub(hash);

  const error = (value: Error, depth: number): Record<string, unknown> => ({
    type: '_tag' in value && typeof value._tag === 'string' ? value._tag : value.name,
    message: scrub(value.message),
    stack: value.stack === undefined ? undefined : scrub(value.stack.split('\n').slice(1).join('\n')),
    ...('code' in value ? { code: plain(value.code, depth + 1) } : {}),
    ...('retryable' in value ? { retryable: value.retryable } : {}),
    ...(value.cause === undefined ? {} : { cause: plain(value.cause, depth + 1) }),
  });

  const plain = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return scrub(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (value === null || typeof value !== 'object') return value;
    if (depth > DEPTH_MAX) return '[deeper]';
    if (Redacted.isRedacted(value)) return '[secret]';
    if (value instanceof Error) return error(value, depth);
    if (value instanceof Date) return value.toISOString();
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) {
      const items = value.slice(0, ITEMS_MAX).map((item) => plain(item, depth + 1));
      return value.length > ITEMS_MAX ? [...items, `… (${value.length} items)`] : items;
    }
    return object(value, depth);
  };

  const object = (value: object, depth: number): Record<string, unknown> => {
    const kept: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value).slice(0, ITEMS_MAX)) {
      const folded = fold(key);
      if (HASHED.has(folded) && typeof item === 'string')
        kept[key] = item.startsWith('#') ? item : hash(item);
      else if (!isDropped(folded)) kept[key] = plain(item, depth + 1);
    }
    return kept;
  };

  return { message: scrub, fields: (fields) => object(fields, 0) };
};
