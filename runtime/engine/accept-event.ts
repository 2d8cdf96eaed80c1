/** The door of the mailbox: what is refused here could never be applied, or would not fit a column. */
import type { Context } from './context.ts';
import { codeOf, EngineBusy, InvalidEvent } from './errors.ts';
import { encodeJson } from './json.ts';
import type { MailboxRow } from './store/insert-events.ts';
import { OWN_EVENT } from './store/pauses.ts';
import type { MailboxEvent } from './types.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these separate columns (columns.ts).
const CONTROL = /[\x00-\x1f\x7f]/;

/** The event as a row. Throws {@link InvalidEvent} that says what is wrong with it. */
export const acceptEvent = (
  event: MailboxEvent,
  { limits, host }: Pick<Context, 'limits' | 'host'>,
): MailboxRow => {
  const { actorId, eventId, kind, cause, sentAt } = event;
  if (!host.get(kind)) throw invalid(`there is no kind of actor called ${kind}`);
  checkId('actorId', actorId, limits.idChars);
  checkId('eventId', eventId, limits.idChars);
  const { type } = event.body;
  if (typeof type !== 'string' || type === '' || type === '*' || /^(xstate|engine)\./.test(type)) {
    throw invalid('its type must be a name of your own, neither * nor xstate.* nor engine.*');
  }
  if (eventId.startsWith(OWN_EVENT)) throw invalid(`its eventId must not begin with ${OWN_EVENT}`);
  if (!Number.isSafeInteger(sentAt)) throw invalid('sentAt must be whole milliseconds since the epoch');
  const body = encodeJson(event.body);
  if (body.length > limits.eventBodyChars)
    throw invalid(`its body exceeds ${limits.eventBodyChars} characters`);
  return { actorId, eventId, kind, cause, sentAt, body };
};

const checkId = (name: string, id: string, maxChars: number): void => {
  if (id === '' || id.length > maxChars || CONTROL.test(id) || !id.isWellFormed()) {
    throw invalid(`${name} must have 1 to ${maxChars} characters, none of them a control character`);
  }
};

const invalid = (why: string): InvalidEvent =>
  new InvalidEvent({ message: `An event was refused: ${why}.`, retryable: false });

/** How long a caller should wait before it comes back, ms. */
const RETRY_AFTER_MS = 1000;

export const busy = (message: string): EngineBusy =>
  new EngineBusy({ message, retryable: true, retryAfterMs: RETRY_AFTER_MS });

/** Whatever kept the insert from committing, the events are not ours: the sender keeps them and comes again. */
export const unavailable = (error: unknown): EngineBusy =>
  busy(`The database did not take the events (${codeOf(error) ?? 'no answer'}): send them again.`);
