/**
 * A manager's answer from Telegram on its way to the customer (domain 8.7). The conversation goes back to the assistant
 * only when the message was really sent (domain 8.8); when it could not be, somebody is told again.
 */
import { and, spawnChild } from 'xstate';
import { recordedReply, sendInputOf } from '../sending.ts';
import { conversationSetup, lastQueued, timeOf } from '../setup.ts';

type Answering = Parameters<typeof sendInputOf>[0];

const name = ({ event }: { event: { by: { name: string } } }) => ({
  name: event.by.name,
  reason: 'Answered from Telegram',
});

const CLOSED_WINDOW =
  'Not sent: the customer wrote more than 24 hours ago. Send an approved template from the admin.';

const notSent = {
  type: 'alertManager' as const,
  params: ({ context, event }: { context: Answering; event: { by: { name: string } } }) => ({
    conversationId: context.id,
    chatId: context.chatId,
    trigger: null,
    reason: `The answer of ${event.by.name} was not sent`,
    summary: CLOSED_WINDOW,
    lastLines: [],
  }),
};

/** What a manager can do from Telegram, whoever owns the conversation. */
export const answersFromTelegram = {
  'manager.draft': [
    {
      description:
        'A manager answers in Telegram and free text is allowed: the answer is worded for the customer and sent (domain 8.7).',
      guard: 'windowOpen' as const,
      target: 'answering',
      actions: ['silenceBot' as const, { type: 'setOwner' as const, params: name }, 'keepDraft' as const],
    },
    {
      description:
        'A manager answers in Telegram after the 24 hours are over: nothing is sent and the managers are told what to do (domain 17.3).',
      actions: notSent,
    },
  ],
  'manager.decision': [
    {
      description:
        'A manager confirms or rejects the order in Telegram: the customer is told in our fixed words (domain 8.6).',
      guard: and(['windowOpen', 'awaitsDecision']),
      target: 'answering.sending',
      actions: ['silenceBot' as const, { type: 'setOwner' as const, params: name }, 'keepDecision' as const],
    },
    {
      description:
        'A manager decides on the order after the 24 hours are over: nothing is sent and the managers are told what to do (domain 17.3).',
      guard: 'awaitsDecision' as const,
      actions: notSent,
    },
  ],
};

const answerOf = (context: Answering) => ({
  by: context.owner.answer?.by ?? '',
  text: context.owner.answer?.text ?? '',
});

const adapting = conversationSetup.createStateConfig({
  description: 'Puts the manager’s draft into the customer’s language and tone; figures stay as they are.',
  meta: { label: 'Wording the manager’s answer' },
  invoke: {
    id: 'adapt',
    src: 'adaptDraft',
    input: ({ context }) => ({
      conversationId: context.id,
      draft: context.owner.answer?.text ?? '',
      language: context.language,
      companyName: context.briefing.companyName,
      dialogue: context.dialogue.slice(-6).map(({ from, text }) => ({ from, text })),
    }),
    onDone: {
      description: 'The draft is in the customer’s language and tone: this wording is sent (domain 8.7).',
      target: 'sending',
      actions: 'keepAdapted',
    },
    // The manager's own words are better than silence.
    onError: {
      description:
        'The draft could not be reworded: the manager’s own words are sent, which is better than silence.',
      target: 'sending',
    },
  },
});

const sending = conversationSetup.createStateConfig({
  description: 'The answer is on its way; the conversation is given back once it was sent.',
  meta: { label: 'Sending the manager’s answer', importance: 2 },
  entry: [
    {
      type: 'queueOutbound',
      params: ({ context }) => ({ by: 'manager', text: answerOf(context).text }),
    },
    'rememberAnswer',
    {
      type: 'tell',
      params: ({ context, event }) => recordedReply(context, timeOf(event), answerOf(context).by),
    },
    // Not invoked: an answer that was decided leaves even when somebody takes the conversation over meanwhile.
    spawnChild('sendMessage', {
      id: ({ context }) => `send.${lastQueued(context)?.localId}`,
      input: ({ context }) => sendInputOf(context),
    }),
  ],
});

export const answering = conversationSetup.createStateConfig({
  description: 'A manager answered in Telegram; the assistant is silent until the answer was sent.',
  meta: { label: 'Sending a manager’s answer', importance: 2 },
  initial: 'adapting',
  states: { adapting, sending },
  on: {
    'xstate.done.actor.send.*': [
      {
        description:
          'The answer was sent and the manager wants the assistant to learn it: it is proposed to the knowledge base and the chat goes back (domain 8.6, 8.8).',
        guard: and(['isAnswerSent', 'wantsToTeach']),
        target: 'bot',
        actions: [
          {
            type: 'proposeKnowledge',
            params: ({ context }) => ({
              conversationId: context.id,
              question: context.owner.answer?.question ?? '',
              answer: answerOf(context).text,
              language: context.language,
              by: answerOf(context).by,
            }),
          },
          'resolveAnswer',
        ],
      },
      {
        description:
          'The answer was sent: the alerts are closed and the assistant has the chat again (domain 8.8).',
        guard: 'isAnswerSent',
        target: 'bot',
        actions: 'resolveAnswer',
      },
    ],
    'xstate.error.actor.send.*': {
      description:
        'The answer could not be sent: the customer still waits, so that somebody is told again (domain 8.8).',
      guard: 'isAnswerSent',
      target: 'waiting',
      actions: [
        {
          type: 'setOwner',
          params: { name: null, reason: 'A manager’s answer from Telegram could not be sent' },
        },
        'forgetAnswer',
      ],
    },
  },
});
