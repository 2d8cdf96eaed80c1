/** What can go wrong with a Wazzup call. First fork: try again, or final (wire/01 §4). */
import { Schema } from 'effect';
import type { TransportError } from '../http/vendor-client.ts';

/** What a refusal is about, so that the caller can choose what to do instead. */
export type RejectionKind =
  | 'request'
  | 'content'
  | 'channel'
  | 'policy'
  | 'not_found'
  /** Too late to edit or delete. */
  | 'expired'
  /** The channel's transport cannot do this. */
  | 'unsupported'
  | 'other';

/** The request was refused for what it is; the same request will be refused again. */
export class WazzupRejected extends Schema.TaggedError<WazzupRejected>()('WazzupRejected', {
  status: Schema.Int,
  /** The vendor's code, upper case with underscores, or `HTTP_<status>` when the body had none. */
  code: Schema.String,
  about: Schema.Literals([
    'request',
    'content',
    'channel',
    'policy',
    'not_found',
    'expired',
    'unsupported',
    'other',
  ]),
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** The key is missing, wrong, or may not do this. */
export class WazzupAuth extends Schema.TaggedError<WazzupAuth>()('WazzupAuth', {
  status: Schema.Int,
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** More than 500 requests in 5 s, by the vendor's count or by our own (wire/01 §4). */
export class WazzupRateLimited extends Schema.TaggedError<WazzupRateLimited>()('WazzupRateLimited', {
  message: Schema.String,
  retryable: Schema.Boolean,
  retryAfterMs: Schema.Number,
}) {}

/** The vendor failed, or answered what it never answers. The request may have been processed. */
export class WazzupUnavailable extends Schema.TaggedError<WazzupUnavailable>()('WazzupUnavailable', {
  status: Schema.Int,
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export type WazzupError =
  | WazzupRejected
  | WazzupAuth
  | WazzupRateLimited
  | WazzupUnavailable
  | TransportError;

/** `repeatedCrmMessageId` and `REPEATED_CRM_MESSAGE_ID` are one code (wire/01 §3). */
export const sameCode = (a: string, b: string): boolean => bare(a) === bare(b);
const bare = (code: string): string => code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

interface Known {
  readonly prefix: string;
  readonly about: RejectionKind;
  readonly advice: string;
  /** It may pass by itself: our own address was away for a moment, at a restart for example. */
  readonly passes?: true;
}

/** By prefix, first match; wire/01 §4. */
const KNOWN: readonly Known[] = [
  { prefix: 'MESSAGE_TEXT_TOO_LONG', about: 'content', advice: 'split the text' },
  { prefix: 'MESSAGES_TOO_LONG', about: 'content', advice: 'split the text' },
  { prefix: 'MESSAGES_CONTENT_SIZE', about: 'content', advice: 'send a file of at most 10 MB' },
  { prefix: 'MESSAGE_WRONG_CONTENT', about: 'content', advice: 'send a type that WhatsApp knows' },
  {
    prefix: 'MESSAGE_DOWNLOAD_CONTENT',
    about: 'content',
    advice: 'make the link public, without redirects; check PUBLIC_URL',
    passes: true,
  },
  { prefix: 'BUTTONS_DO_NOT_FIT', about: 'request', advice: 'use at most 10 buttons of 20 characters' },
  {
    prefix: 'WRONG_TRANSPORT',
    about: 'unsupported',
    advice: 'use a channel that can do this; templates and buttons need WhatsApp Business (WABA)',
  },
  { prefix: 'REFERENCE_MESSAGE', about: 'not_found', advice: 'send it without the quote' },
  { prefix: 'MESSAGES_NOT_FOUND', about: 'not_found', advice: 'check the id of the message' },
  { prefix: 'MESSAGES_EDITING_TIME', about: 'expired', advice: 'send a correction as a new message' },
  { prefix: 'MESSAGES_DELETION_TIME', about: 'expired', advice: 'it is too late to take the message back' },
  { prefix: 'MESSAGES_CONTAIN_BUTTONS', about: 'unsupported', advice: 'send a new message instead' },
  {
    prefix: 'CHANNEL_INVALID_TRANSPORT',
    about: 'unsupported',
    advice: 'this kind of channel neither edits nor deletes; send a new message instead',
  },
  { prefix: 'CHANNEL_NOT_FOUND', about: 'channel', advice: 'check WAZZUP_CHANNEL_ID' },
  { prefix: 'CHANNEL_NO_MONEY', about: 'channel', advice: 'top up the Wazzup account' },
  { prefix: 'BALANCE_IS_EMPTY', about: 'channel', advice: 'top up the Wazzup account' },
  { prefix: 'CHANNEL', about: 'channel', advice: 'check the channel in the Wazzup cabinet' },
  { prefix: 'MESSAGE_CHANNEL', about: 'channel', advice: 'check the channel in the Wazzup cabinet' },
  { prefix: 'MESSAGES_NOT_TEXT_FIRST', about: 'policy', advice: 'send an approved template first' },
  { prefix: 'MESSAGES_IS_SPAM', about: 'policy', advice: 'stop writing to this chat and check the account' },
  { prefix: 'MESSAGES_ABNORMAL', about: 'policy', advice: 'stop writing to this chat and check the account' },
  { prefix: 'TEMPLATE', about: 'policy', advice: 'check the template in the Wazzup cabinet' },
  { prefix: 'CHAT_NO_ACCESS', about: 'policy', advice: 'check that the number still takes messages' },
  { prefix: 'BAD_CONTACT', about: 'request', advice: 'check that the number is on WhatsApp' },
];

/** The typed refusal for a vendor's code. */
export const rejected = (status: number, code: string): WazzupRejected => {
  const known = KNOWN.find(({ prefix }) => code.startsWith(prefix));
  return new WazzupRejected({
    status,
    code,
    about: known?.about ?? (status === 404 ? 'not_found' : status === 400 ? 'request' : 'other'),
    message: `Wazzup refused the request (${code}); ${known?.advice ?? 'look the code up in the Wazzup documentation'}`,
    retryable: known?.passes ?? false,
  });
};
