/** The agent's loop: the model, its tools, and the check of what it says (design 6). */
import { and, stateIn } from 'xstate';
import { safeReply } from '../../grounding/safe-reply.ts';
import { hardReason } from '../../hand-over-evidence.ts';
import { buildThinkInput } from '../../prompt.ts';
import { quoteOutcomes } from '../../sale/quote-inputs.ts';
import { acceptedLine, orderPlacedLine, preparingLine } from '../../sale/texts.ts';
import { alertOf } from '../../sending.ts';
import { conversationSetup } from '../../setup.ts';
import { handedOverLine, introduced, modelDownLine } from '../../texts.ts';
import { CONFIRM_SILENCE, SPEAKING, UNCLEAR } from './ways-out.ts';

export const thinking = conversationSetup.createStateConfig({
  description: 'One call of the model.',
  meta: { label: 'Thinking' },
  entry: 'priceForCustomer',
  invoke: {
    id: 'think',
    src: 'think',
    input: ({ context }) => buildThinkInput(context),
    onDone: [
      {
        description:
          'The model asks for tools and the state of the conversation allows some: they are used next.',
        guard: and(['proposesTools', 'toolsAllowed']),
        target: 'acting',
        actions: ['keepToolCalls', 'countModelCall'],
      },
      {
        description: 'The model words an answer: it is checked before it leaves (domain 14).',
        guard: 'hasText',
        target: 'checking',
        actions: ['keepReply', 'countModelCall'],
      },
      {
        description:
          'The model returns nothing that we can use and the turn has calls left: it is asked again.',
        guard: 'callsLeft',
        target: 'thinking',
        reenter: true,
        actions: 'countModelCall',
      },
      {
        description:
          'The model has nothing to say for the second turn in a row: a person goes on (domain 8.1, trigger 2).',
        guard: 'unclearAgain',
        ...UNCLEAR,
        actions: ['countModelCall', ...UNCLEAR.actions],
      },
      {
        description:
          'The model has nothing to say and no calls are left: the customer is told only what is certain.',
        target: SPEAKING,
        actions: [
          'countModelCall',
          'markSilent',
          { type: 'setReply', params: ({ context }) => safeReply(context) },
        ],
      },
    ],
    onError: {
      description: 'The model cannot be reached: the customer gets a line of our own and a manager is told.',
      target: SPEAKING,
      actions: [
        'countFailedCall',
        'markEscalated',
        { type: 'alertManager', params: ({ context }) => alertOf(context, null, 'The model did not answer') },
        { type: 'setReply', params: ({ context }) => introduced(modelDownLine(context), context) },
      ],
    },
  },
});

export const acting = conversationSetup.createStateConfig({
  description: 'Runs what the model asked for: reads side by side, changes through guards.',
  meta: { label: 'Checking the facts' },
  initial: 'deciding',
  states: {
    deciding: {
      meta: { label: 'Checking the facts' },
      always: [
        {
          description:
            'A tool reads the catalog, the knowledge or orders: the reads are made outside, side by side.',
          guard: 'readsOutside',
          target: 'reading',
        },
        {
          description:
            'Every tool asked for only changes the conversation: they are applied at once, through their guards.',
          target: 'applied',
          actions: 'applyTools',
        },
      ],
    },
    reading: {
      meta: { label: 'Reading catalog and knowledge' },
      invoke: {
        id: 'useTools',
        src: 'useTools',
        input: ({ context }) => ({
          conversationId: context.id,
          language: context.language,
          calls: context.turn.proposed?.calls ?? [],
          orders: { phone: context.chatId, outcomes: quoteOutcomes(context) },
          ...(context.briefing.referral
            ? {
                referral: { ...context.briefing.referral, isNewcomer: context.customer.kind !== 'returning' },
              }
            : {}),
        }),
        onDone: {
          description: 'The reads are back: what they found and the changes asked for are applied.',
          target: 'applied',
          actions: 'applyTools',
        },
        onError: {
          description: 'The reads fail: the tools are applied without them, so that the model learns of it.',
          target: 'applied',
          actions: 'applyTools',
        },
      },
    },
    applied: {
      description: 'The other regions hear first what changed, so that the model is told how things stand.',
      meta: { label: 'Checking the facts' },
      on: {
        'tools.applied': [
          {
            description:
              'The model understood a wish for silence in this turn: we confirm it once (domain 20.1).',
            guard: 'optsOutNow',
            ...CONFIRM_SILENCE,
          },
          {
            description:
              'The model hands over for a reason that only a person may settle: the customer is told so (domain 8.1).',
            guard: 'proposesHandOver',
            target: SPEAKING,
            actions: {
              type: 'setReply',
              params: ({ context }) =>
                introduced(handedOverLine(context.language, context.turn.handOver?.trigger ?? null), context),
            },
          },
          {
            description:
              'The customer accepts the quotation in this turn: we say so, and a person continues (domain 9.22).',
            guard: 'acceptedNow',
            target: SPEAKING,
            actions: { type: 'setReply', params: ({ context }) => acceptedLine(context) },
          },
          {
            description: 'A quotation is being prepared and the customer does not know yet: we announce it.',
            guard: and([stateIn({ order: 'quoting' }), 'notAnnounced']),
            target: SPEAKING,
            actions: ['markAnnounced', { type: 'setReply', params: ({ context }) => preparingLine(context) }],
          },
          {
            description:
              'The tools are applied and nothing ends the turn: the model goes on with what they found.',
            target: '#conversation.turn.working.thinking',
          },
        ],
      },
    },
  },
});

export const checking = conversationSetup.createStateConfig({
  description: 'Nothing leaves that the tools of this turn did not find (domain 14).',
  meta: { label: 'Checking the answer' },
  entry: 'judgeReply',
  always: [
    {
      description:
        'The customer’s words call for a person and the model did not: we hand over and say so (domain 8.1).',
      guard: 'missedHandOver',
      target: SPEAKING,
      actions: [
        'handOverByWords',
        {
          type: 'setReply',
          params: ({ context }) => introduced(handedOverLine(context.language, hardReason(context)), context),
        },
      ],
    },
    {
      description: 'A concrete order is a person’s to confirm (domain 8.2).',
      guard: 'placesOrderNow',
      target: SPEAKING,
      actions: [
        'handOrderOver',
        { type: 'setReply', params: ({ context }) => introduced(orderPlacedLine(context), context) },
      ],
    },
    {
      description: 'Everything the answer states was found in this turn: it may leave (domain 14).',
      guard: 'isGrounded',
      target: SPEAKING,
    },
    {
      description:
        'The answer states what was not found and the turn has tries left: the model is told what is wrong and words it again.',
      guard: 'canRepair',
      target: 'thinking',
      actions: 'askForRepair',
    },
    {
      description:
        'No answer can be grounded for the second turn in a row: a person goes on (domain 8.1, trigger 2).',
      guard: 'unclearAgain',
      ...UNCLEAR,
    },
    {
      description:
        'The answer cannot be grounded and no tries are left: the customer is told only what is certain (domain 14).',
      target: SPEAKING,
      actions: { type: 'setReply', params: ({ context }) => safeReply(context) },
    },
  ],
});
