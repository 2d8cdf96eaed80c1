/** A contact at the time that the customer named (domain 5.15): kept by us, or handed to a person (lesson F-24). */
import { and, not } from 'xstate';
import { alertOf } from '../../sending.ts';
import { conversationSetup } from '../../setup.ts';
import { agreedRequest } from '../../touches.ts';
import { asksForSilence, STOPPED, WISHES_SILENCE } from './ends.ts';

export const agreed = conversationSetup.createStateConfig({
  description: 'The customer named a time (domain 5.15); it holds whatever is written before.',
  meta: { label: 'A contact is agreed', importance: 2 },
  initial: 'waiting',
  on: {
    'contact.agreed': {
      description: 'The customer named another time: it replaces the one agreed before (domain 5.15).',
      target: 'agreed',
      reenter: true,
      actions: 'agree',
    },
    'customer.optedOut': WISHES_SILENCE,
    'customer.message': asksForSilence,
    'manager.close': {
      description: 'A manager closes the conversation: the agreed message is dropped.',
      target: 'stopped',
      actions: 'dropAgreed',
    },
  },
  states: {
    waiting: {
      meta: { label: 'A contact is agreed' },
      after: {
        agreedTime: [
          {
            description:
              'The agreed time came while a person has the chat: the manager is told that the customer expects a message, the assistant stays silent (domain 8.4).',

            guard: not('botOwns'),
            target: STOPPED,
            actions: [
              {
                type: 'alertManager',
                params: ({ context }) =>
                  alertOf(
                    context,
                    null,
                    'The customer expects to be written to now',
                    context.outreach.agreed?.about ?? '',
                  ),
              },
              'dropAgreed',
            ],
          },
          {
            description:
              'The agreed time came and the assistant has the chat: the gate is asked whether it may write (domain 17.3).',
            target: 'checking',
          },
        ],
      },
    },
    checking: {
      meta: { label: 'The agreed contact: may it go out?' },
      invoke: {
        id: 'outreach.agreed',
        src: 'askOutreach',
        input: ({ context }) => agreedRequest(context),
        onDone: [
          {
            description:
              'The gate allows it and no person took the chat meanwhile: the agreed message is sent (domain 5.15).',

            guard: and(['maySend', 'botOwns']),
            target: STOPPED,
            actions: [
              { type: 'noteDecision', params: { kind: 'agreed', step: 1 } },
              'dropAgreed',
              'sendTouch',
            ],
          },
          {
            description: 'The gate says not yet: the agreed message waits until it may go out (domain 17.2).',

            guard: 'mustWait',
            target: 'waiting',
            actions: { type: 'noteDecision', params: { kind: 'agreed', step: 1 } },
          },
          {
            description:
              'The gate forbids it, or a person has the chat now: a manager is asked to keep the promise (lesson F-24).',

            target: STOPPED,
            actions: [
              { type: 'noteDecision', params: { kind: 'agreed', step: 1 } },
              'alertBrokenPromise',
              'dropAgreed',
            ],
          },
        ],
        onError: {
          description: 'The gate could not be asked: a manager is asked to keep the promise (lesson F-24).',
          target: STOPPED,
          actions: ['alertBrokenPromise', 'dropAgreed'],
        },
      },
    },
  },
});
