/** Who may speak. The only truth about ownership; lists and badges are projections of it (lesson F-29). */
import { and, not, spawnChild } from 'xstate';
import type { ConversationContext } from '../context.ts';
import { crmNoteOf } from '../crm-note.ts';
import { orderStandsLine } from '../sale/texts.ts';
import { asksForOrder } from '../sale/wishes.ts';
import { alertOf, recordedReply, sendInputOf } from '../sending.ts';
import { conversationSetup, lastQueued, timeOf } from '../setup.ts';
import { optedOutLine, stillWaitingLine } from '../texts.ts';
import { answering, answersFromTelegram } from './answering.ts';

/** The one line after a hand-over (domain 8.4): where the order stands when that was asked and is known. */
const waitingLine = (context: ConversationContext, event: { readonly text?: string | null }): string =>
  (asksForOrder(event.text ?? '') ? orderStandsLine(context) : null) ?? stillWaitingLine(context.language);

/** Managers need not answer in Telegram any more. */
const closesAlerts = (how: string) => ({
  type: 'closeAlerts' as const,
  params: ({ context, event }: { context: { id: string }; event: object }) => {
    const by = personOf(event);
    return { conversationId: context.id, by, note: `${by ?? 'A colleague'} ${how}` };
  },
});

const personOf = (event: object): string | null => {
  if ('by' in event) return (event.by as { readonly name: string }).name;
  return 'authorName' in event ? (event.authorName as string | null) : null;
};

/** The chat is nobody's again. */
const FREED = { type: 'setOwner' as const, params: { name: null, reason: null } };
const GIVEN_BACK = [
  FREED,
  'recordReleaseNote' as const,
  'tellReleaseNote' as const,
  closesAlerts('gave the conversation back to the assistant.'),
];
const CLOSED = [FREED, closesAlerts('closed the conversation.')];

/** A person who goes on writing keeps the time that was chosen with the take-over. */
const chosenReturn = ({ owner }: ConversationContext) => ({ returnInMs: owner.returnInMs ?? null });

/** Every way in which a person speaks leads to a person owning the chat (domain 8.12). */
const personSpeaks = (closing: readonly ReturnType<typeof closesAlerts>[]) => ({
  'manager.takeOver': {
    description: 'A manager takes the chat over in the admin: the assistant falls silent (domain 8.12).',
    target: 'manager',
    actions: [
      'silenceBot' as const,
      {
        type: 'setOwner' as const,
        params: ({ event }: { event: { by: { name: string }; returnInMs?: number } }) => ({
          name: event.by.name,
          reason: 'Taken over in the admin',
          returnInMs: event.returnInMs ?? null,
        }),
      },
      ...closing,
    ],
  },
  'manager.reply': {
    description:
      'A manager writes in the admin while free text is allowed: the chat is theirs and the assistant is silent (domain 8.12).',
    guard: 'windowOpen' as const,
    target: 'manager',
    actions: [
      'silenceBot' as const,
      {
        type: 'setOwner' as const,
        params: ({ context, event }: { context: ConversationContext; event: { by: { name: string } } }) => ({
          name: event.by.name,
          reason: 'Answered from the admin',
          ...chosenReturn(context),
        }),
      },
      ...closing,
    ],
  },
  'manager.template': {
    description:
      'A manager sends an approved template from the admin: the chat is theirs and the assistant is silent (domain 8.12).',
    target: 'manager',
    actions: [
      'silenceBot' as const,
      {
        type: 'setOwner' as const,
        params: ({ context, event }: { context: ConversationContext; event: { by: { name: string } } }) => ({
          name: event.by.name,
          reason: 'Wrote with a template from the admin',
          ...chosenReturn(context),
        }),
      },
      ...closing,
    ],
  },
  'channel.echo': {
    description:
      'A person wrote to the customer from Wazzup or the phone, and it is no echo of ours: the chat is theirs (domain 8.12).',
    guard: 'isPersonSpeaking' as const,
    target: 'manager',
    actions: [
      'silenceBot' as const,
      {
        type: 'setOwner' as const,
        params: ({
          context,
          event,
        }: {
          context: ConversationContext;
          event: { authorName: string | null; sentFromApp: boolean };
        }) => ({
          name: event.authorName,
          ...chosenReturn(context),
          reason: event.sentFromApp ? 'Answered in Wazzup' : 'Answered from the phone',
        }),
      },
      ...closing,
    ],
  },
});

/** From a state in which nobody had the conversation yet: the managers' questions are closed by it. */
const personTakesOver = personSpeaks([closesAlerts('answers the customer now.')]);
const personGoesOn = personSpeaks([]);

export const owner = conversationSetup.createStateConfig({
  description: 'Who may speak: the assistant, a person, or nobody yet.',
  meta: { label: 'Owner' },
  initial: 'bot',
  states: {
    bot: {
      description: 'The assistant answers.',
      meta: { label: 'Assistant' },
      on: {
        ...personTakesOver,
        ...answersFromTelegram,
        'bot.handOver': [
          {
            description:
              'The assistant hands over for a reason that cannot wait: it falls silent and a person is called (domain 8.4).',
            guard: 'handsOverNow',
            target: 'waiting',
            actions: [
              {
                type: 'setOwner',
                params: ({ event }) => ({
                  name: null,
                  reason: event.summary,
                  trigger: event.trigger || null,
                  ...(event.about ? { about: event.about } : {}),
                }),
              },
              {
                type: 'noteInCrm',
                params: ({ context, event }) => crmNoteOf(context, 'handed_over', timeOf(event)),
              },
            ],
          },
          {
            description:
              'The assistant only wants a manager to look: the managers are told, and it goes on answering.',
            actions: {
              type: 'alertManager',
              params: ({ context, event }) =>
                alertOf(
                  context,
                  event.trigger || null,
                  'The assistant asks a manager to look',
                  event.summary,
                ),
            },
          },
        ],
      },
    },
    waiting: {
      description: 'Handed over; nobody speaks until a person does (domain 8.4).',
      meta: { label: 'Waiting for a person', importance: 2 },
      tags: ['waits-for-human'],
      entry: [
        'countAcknowledgement',
        'stampAlert',
        {
          type: 'alertManager',
          params: ({ context }) => ({
            ...alertOf(
              context,
              context.owner.trigger,
              'A customer waits for a person',
              context.owner.reason ?? '',
            ),
            ...(context.owner.about === 'order' ? { about: 'order' as const } : {}),
          }),
        },
      ],
      after: {
        handOverReturn: {
          description:
            'Nobody took the chat for the time set by the owner: the managers are told again and the wait starts anew.',
          guard: 'returnsChats',
          target: 'waiting',
          reenter: true,
        },
      },
      on: {
        ...personTakesOver,
        ...answersFromTelegram,
        'manager.release': {
          description:
            'A manager gives the chat back: the assistant answers again and knows the note left for it (domain 8.11).',
          target: 'bot',
          actions: GIVEN_BACK,
        },
        'manager.close': {
          description:
            'A manager closes the conversation: it is nobody’s, and the assistant answers if the customer writes again.',
          target: 'bot',
          actions: CLOSED,
        },
        'customer.message': [
          {
            description: 'A wish for silence is confirmed once, whoever is waited for (domain 20.1).',
            guard: and(['isNewMessage', 'asksToStop', not('hasOptedOut')]),
            actions: [
              'dropMessage',
              { type: 'say', params: ({ context }) => optedOutLine(context.language) },
              {
                type: 'alertManager',
                params: ({ context }) =>
                  alertOf(context, null, 'The customer wants no more messages: do not write first'),
              },
            ],
          },
          {
            description:
              'A wish for silence that was confirmed before: it is not answered a second time (domain 20.1).',
            guard: and(['isNewMessage', 'asksToStop']),
            actions: 'dropMessage',
          },
          {
            description:
              'The customer writes while waiting, and one more line is allowed: it says that a person will answer, and the managers are told again (domain 8.4).',
            guard: and(['isNewMessage', 'mayAcknowledge', 'turnIsQuiet']),
            actions: [
              'countAcknowledgement',
              {
                type: 'queueOutbound',
                params: ({ context, event }) => ({ by: 'bot', text: waitingLine(context, event) }),
              },
              { type: 'tell', params: ({ context, event }) => recordedReply(context, timeOf(event)) },
              spawnChild('sendMessage', {
                id: ({ context }) => `send.${lastQueued(context)?.localId}`,
                input: ({ context }) => sendInputOf(context),
              }),
              'realert',
            ],
          },
          {
            description:
              'The customer writes yet again: we stay silent and the managers are told again, not more often than the cool-down allows (domain 8.4).',
            guard: 'isNewMessage',
            actions: 'realert',
          },
        ],
      },
    },
    answering: { ...answering, on: { ...answering.on, ...personTakesOver } },
    manager: {
      description: 'A person speaks; the assistant is silent until the chat is given back (domain 8.12).',
      meta: { label: 'A person', importance: 2 },
      tags: ['waits-for-human'],
      initial: 'active',
      on: {
        ...answersFromTelegram,
        'manager.release': {
          description:
            'A manager gives the chat back: the assistant answers again and knows the note left for it (domain 8.11).',
          target: 'bot',
          actions: GIVEN_BACK,
        },
        'manager.close': {
          description:
            'A manager closes the conversation: it is nobody’s, and the assistant answers if the customer writes again.',
          target: 'bot',
          actions: CLOSED,
        },
        'manager.reply': {
          ...personGoesOn['manager.reply'],
          description: 'The manager writes again: the time of their silence is counted anew.',
          reenter: true,
        },
        'manager.template': {
          ...personGoesOn['manager.template'],
          description: 'The manager sends another template: the time of their silence is counted anew.',
          reenter: true,
        },
        'channel.echo': {
          ...personGoesOn['channel.echo'],
          description:
            'A person writes again from Wazzup or the phone: the time of their silence is counted anew.',
          reenter: true,
        },
        'manager.takeOver': {
          ...personGoesOn['manager.takeOver'],
          description:
            'Another manager takes the chat over from the first one: the chat is theirs now (domain 8.12).',
          guard: 'isOtherManager',
          reenter: true,
        },
      },
      states: {
        active: {
          meta: { label: 'A person' },
          after: {
            handOverReturn: {
              description:
                'The person has been silent for the time set by the owner: the chat is offered back and the managers are told.',
              guard: 'returnsChats',
              target: 'offered',
            },
          },
        },
        offered: {
          description:
            'The person has been silent for long: the chat is offered back, and a manager is told again.',
          meta: { label: 'A person, silent for long', importance: 2 },
          tags: ['waits-for-human'],
          entry: [
            'stampAlert',
            {
              type: 'alertManager',
              params: ({ context }) =>
                alertOf(context, null, 'A chat that was taken over has been silent; give it back or answer'),
            },
          ],
        },
      },
    },
  },
});
