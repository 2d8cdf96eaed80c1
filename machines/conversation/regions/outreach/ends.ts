/** What ends a plan to write first: a wish for silence, a person in the chat, a closed chat, a settled quotation. */
import { and, not } from 'xstate';

export const STOPPED = '#conversation.outreach.stopped';
const OPTED_OUT = '#conversation.outreach.optedOut';

/** Ends a chain of follow-ups; `why` is one line that the admin shows. */
export const end = (why: string) => ({ type: 'endChain' as const, params: why });

/** The wish for silence as an event of its own; the state is a sibling of each that listens for it. */
export const WISHES_SILENCE = {
  description:
    'The assistant understood a wish for silence in the customer’s own words: we never write first again (domain 20.1).',
  target: 'optedOut',
};

/** STOP and its like count in every state, whoever owns the chat (domain 20.1). */
export const asksForSilence = {
  description:
    'The customer asks for silence, as with STOP: whoever owns the chat, we never write first again (domain 20.1).',
  guard: and(['isNewMessage', 'asksToStop']),
  target: OPTED_OUT,
};

/** Stops of domain 17.4 that are states elsewhere; the others are events. */
export const interrupted = [
  {
    description:
      'A person was called or took the chat over: the follow-ups end, and one not sent yet is taken back (domain 17.4).',

    guard: not('botOwns'),
    target: STOPPED,
    actions: ['withdrawTouch' as const, end('A person has the chat')],
  },
  {
    description:
      'The conversation was closed: the follow-ups end, and one not sent yet is taken back (domain 17.4).',

    guard: 'isClosed' as const,
    target: STOPPED,
    actions: ['withdrawTouch' as const, end('The chat was closed')],
  },
];

export const stops = {
  'quote.accepted': {
    description: 'The quotation was accepted: nothing is left to follow up (domain 17.4).',
    target: 'stopped',
    actions: ['withdrawTouch' as const, end('The quotation was accepted')],
  },
  'quote.rejected': {
    description: 'The quotation was rejected: the refusal is respected and follow-ups end (domain 17.4).',
    target: 'stopped',
    actions: ['withdrawTouch' as const, end('The quotation was rejected')],
  },
  'order.superseded': {
    description: 'A new request took the place of the old one: its follow-ups end.',
    target: 'stopped',
    actions: ['withdrawTouch' as const, end('There is a new request')],
  },
};
