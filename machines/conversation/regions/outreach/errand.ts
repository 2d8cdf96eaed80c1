/** What the hourly run asks for: a reminder of payment, or a word after long silence (domain 17.8, 18.1). */
import { not } from 'xstate';
import { conversationSetup } from '../../setup.ts';
import { errandRequest } from '../../touches.ts';
import { asksForSilence, WISHES_SILENCE } from './ends.ts';

export const errand = conversationSetup.createStateConfig({
  description: 'The hourly run asked for a reminder or a word after long silence (domain 17.8, 18.1).',
  meta: { label: 'May we write first?' },
  always: [
    {
      description: 'A person has the chat: the reminder is dropped (domain 8.4).',
      guard: not('botOwns'),
      target: 'idle',
      actions: 'dropErrand',
    },
    {
      description: 'The conversation is closed: the reminder is dropped.',
      guard: 'isClosed',
      target: 'idle',
      actions: 'dropErrand',
    },
  ],
  invoke: {
    id: 'outreach.errand',
    src: 'askOutreach',
    input: ({ context }) => errandRequest(context),
    onDone: [
      {
        description:
          'The gate allows it: the reminder or the word after long silence is sent and recorded (domain 17.8, 18.1).',

        guard: 'maySend',
        target: 'idle',
        actions: ['noteErrand', 'dropErrand', 'sendTouch'],
      },
      {
        description:
          'The gate forbids or postpones it: that is recorded with the reason and nothing is sent (domain 17.3).',
        target: 'idle',
        actions: ['noteErrand', 'dropErrand'],
      },
    ],
    onError: {
      description: 'The gate could not be asked: nothing is sent; a later hourly run may ask again.',
      target: 'idle',
      actions: 'dropErrand',
    },
  },
  on: {
    'quote.sent': {
      description:
        'A quotation was sent meanwhile: its follow-ups take the place of the reminder (domain 17.1).',
      target: 'armed',
      actions: ['dropErrand', 'startQuoteChain'],
    },
    'contact.agreed': {
      description:
        'The customer named a time meanwhile: the agreed message takes the place of the reminder (domain 5.15).',
      target: 'agreed',
      actions: ['dropErrand', 'agree'],
    },
    'customer.optedOut': WISHES_SILENCE,
    'customer.message': [
      asksForSilence,
      {
        description:
          'The customer wrote before we did: there is no need to write first any more (domain 17.4).',
        guard: 'isNewMessage',
        target: 'idle',
        actions: 'dropErrand',
      },
    ],
  },
});
