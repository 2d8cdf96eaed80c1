/**
 * What outsiders can tell a conversation, one sample for each way in which the machine may have to take it. The record's
 * type lists every event: a new one does not compile until it has samples here.
 */
import type { ConversationEvent, CustomerMessage, Person } from '../../machines/conversation/events.ts';
import type { EventBody } from '../../runtime/engine/types.ts';
import { contextOf, type Place, statesOf } from './place.ts';

export interface Sample {
  readonly label: string;
  readonly body: EventBody;
}

type Type = ConversationEvent['type'];
type Samples = (place: Place) => Readonly<Record<string, ConversationEvent | null>>;

const AISHA: Person = { id: 'u1', name: 'Aisha' };
const OMAR: Person = { id: 'u2', name: 'Omar' };
const DAY_MS = 86_400_000;

const message = (place: Place, more: Partial<CustomerMessage>): CustomerMessage => ({
  type: 'customer.message',
  messageId: `c${place.told + 1}`,
  kind: 'text',
  text: 'Do you have desks?',
  media: null,
  quoted: null,
  contactName: null,
  sentAt: place.now,
  ...more,
});

const echo = (place: Place, more: object): ConversationEvent => ({
  type: 'channel.echo',
  messageId: `e${place.told + 1}`,
  kind: 'text',
  text: `I will help you, ${place.told}`,
  media: null,
  sentFromApp: false,
  authorType: null,
  authorName: null,
  sentAt: place.now,
  ...more,
});

const lastSent = (place: Place) =>
  contextOf(place)
    .outbound.filter((one) => one.providerIds.length > 0)
    .at(-1);

const lastUnsent = (place: Place) =>
  contextOf(place)
    .outbound.filter((one) => one.providerIds.length === 0)
    .at(-1);

const SAMPLES: Readonly<Record<Type, Samples>> = {
  'customer.message': (place) => ({
    'asks in English': message(place, {}),
    'asks in Arabic': message(place, { text: 'هل لديكم مكاتب؟' }),
    'sends a voice note': message(place, {
      kind: 'audio',
      text: '',
      media: { uri: 'https://store.test/voice.ogg', name: null },
    }),
    'sends a picture without a word': message(place, {
      kind: 'image',
      text: '',
      media: { uri: 'https://store.test/plan.jpg', name: null },
    }),
    'asks for a quotation': message(place, { text: 'Please send me a quotation' }),
    'wants no quotation': message(place, { text: 'I do not want a quotation' }),
    'wants the quotation later': message(place, { text: 'The quotation can come later' }),
    'orders now, with the place': message(place, {
      text: 'I want to order now, please deliver to Business Bay',
    }),
    'says a number': message(place, { text: '20' }),
    'says yes': message(place, { text: 'Yes' }),
    'wants no more messages': message(place, { text: 'STOP' }),
    'is answered by a machine': isFollowedUp(place)
      ? message(place, { text: 'Automatic reply: I am out of office.' })
      : null,
    'is delivered twice': repeated(place),
    'wrote two days ago': message(place, { sentAt: place.now - 2 * DAY_MS }),
  }),
  'customer.edited': (place) => ({
    'edits the message': edit(place),
  }),
  'customer.deleted': (place) => {
    const last = contextOf(place).pending.at(-1);
    return {
      'deletes the message': last ? { type: 'customer.deleted', messageId: last.messageId } : null,
    };
  },
  'channel.echo': (place) => {
    const sent = lastSent(place);
    const unsent = lastUnsent(place);
    return {
      'our own, by its id': sent ? echo(place, { messageId: sent.providerIds[0], text: sent.text }) : null,
      'our own, before the vendor answered': unsent ? echo(place, { text: unsent.text }) : null,
      'a person, from the phone': echo(place, {}),
      'a person, in Wazzup': echo(place, { sentFromApp: true, authorType: 'manager', authorName: 'Aisha' }),
      'a person, two days ago': echo(place, { sentAt: place.now - 2 * DAY_MS }),
      'a person, delivered twice': knownEcho(place),
    };
  },
  'message.status': (place) => {
    const sent = lastSent(place);
    if (!sent) return {};
    const messageId = sent.providerIds[0] ?? '';
    return {
      'was delivered': { type: 'message.status', messageId, status: 'delivered', error: null },
      'could not be delivered': {
        type: 'message.status',
        messageId,
        status: 'error',
        error: { code: 'BAD_CONTACT', description: 'no such account' },
      },
    };
  },
  'manager.takeOver': () => ({
    'takes over': { type: 'manager.takeOver', by: AISHA },
    'takes over too': { type: 'manager.takeOver', by: OMAR, returnInMs: 30 * 60_000 },
  }),
  'manager.release': () => ({
    'gives the chat back': { type: 'manager.release', by: AISHA, note: null },
    'gives the chat back with a note': { type: 'manager.release', by: AISHA, note: 'wants delivery first' },
  }),
  'manager.reply': (place) => ({
    'answers in the admin': { type: 'manager.reply', by: AISHA, text: `Aisha here, ${place.told}` },
  }),
  'manager.template': (place) => ({
    'uses a template': {
      type: 'manager.template',
      by: AISHA,
      template: { id: 't1', values: [] },
      text: `Template, ${place.told}`,
    },
  }),
  'order.progressed': (place) => {
    const number = contextOf(place).sale.quote?.number;
    if (number === undefined) return {};
    return {
      'is paid': { type: 'order.progressed', number, stage: 'paid' },
      'is delivered': { type: 'order.progressed', number, stage: 'delivered' },
      'is cancelled': { type: 'order.progressed', number, stage: 'cancelled' },
    };
  },
  'manager.note': () => ({ 'leaves a note': { type: 'manager.note', by: AISHA, text: 'rings twice' } }),
  'manager.draft': (place) => ({
    'answers from Telegram': {
      type: 'manager.draft',
      by: OMAR,
      text: `Omar here, ${place.told}`,
      learn: false,
    },
    'answers from Telegram and teaches': {
      type: 'manager.draft',
      by: OMAR,
      text: `Omar here, ${place.told}`,
      learn: true,
    },
  }),
  'manager.decision': () => ({
    'confirms the order': { type: 'manager.decision', by: OMAR, decision: 'confirm' },
    'rejects the order': { type: 'manager.decision', by: OMAR, decision: 'reject' },
  }),
  'outreach.errand': (place) =>
    ifRests(place, 'outreach.idle', {
      'a word after silence is considered': { type: 'outreach.errand', errand: 'reactivation', step: 30 },
    }),
  'order.check': (place) =>
    ifRests(place, 'afterSale.ordered.resting', { 'the order is looked at': { type: 'order.check' } }),
  'manager.close': () => ({ 'closes the chat': { type: 'manager.close', by: AISHA } }),
};

const repeated = (place: Place): ConversationEvent | null => {
  const messageId = contextOf(place).seenIds.find((id) => id.startsWith('c'));
  return messageId ? message(place, { messageId }) : null;
};

const knownEcho = (place: Place): ConversationEvent | null => {
  const messageId = contextOf(place).seenIds.find((id) => id.startsWith('e'));
  return messageId ? echo(place, { messageId }) : null;
};

const edit = (place: Place): ConversationEvent | null => {
  const last = contextOf(place).pending.at(-1);
  return last
    ? { type: 'customer.edited', messageId: last.messageId, text: 'Do you have meeting tables?' }
    : null;
};

/** Elsewhere it is a message like any other. */
const isFollowedUp = (place: Place): boolean =>
  statesOf(place).has('outreach.armed') || statesOf(place).has('outreach.paused');

/** What comes by itself is tried between turns, where it can mean something. */
const ifRests = (place: Place, state: string, samples: ReturnType<Samples>): ReturnType<Samples> =>
  statesOf(place).has('turn.idle') && statesOf(place).has(state) ? samples : {};

/** The samples that make sense here: nobody edits a message that was never written. */
export const outsideEvents = (place: Place): readonly Sample[] =>
  Object.entries(SAMPLES).flatMap(([type, samples]) =>
    Object.entries(samples(place)).flatMap(([what, event]) =>
      event === null ? [] : [{ label: `${type}: ${what}`, body: { ...event } }],
    ),
  );

export const OUTSIDE_TYPES: readonly string[] = Object.keys(SAMPLES);
