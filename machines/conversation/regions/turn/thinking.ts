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
        guard: and(['proposesTools', 'toolsAllowed']),
        target: 'acting',
        actions: ['keepToolCalls', 'countModelCall'],
      },
      { guard: 'hasText', target: 'checking', actions: ['keepReply', 'countModelCall'] },
      { guard: 'callsLeft', target: 'thinking', reenter: true, actions: 'countModelCall' },
      { guard: 'unclearAgain', ...UNCLEAR, actions: ['countModelCall', ...UNCLEAR.actions] },
      {
        target: SPEAKING,
        actions: [
          'countModelCall',
          'markSilent',
          { type: 'setReply', params: ({ context }) => safeReply(context) },
        ],
      },
    ],
    onError: {
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
        { guard: 'readsOutside', target: 'reading' },
        { target: 'applied', actions: 'applyTools' },
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
        onDone: { target: 'applied', actions: 'applyTools' },
        onError: { target: 'applied', actions: 'applyTools' },
      },
    },
    applied: {
      description: 'The other regions hear first what changed, so that the model is told how things stand.',
      meta: { label: 'Checking the facts' },
      on: {
        'tools.applied': [
          { guard: 'optsOutNow', ...CONFIRM_SILENCE },
          {
            guard: 'proposesHandOver',
            target: SPEAKING,
            actions: {
              type: 'setReply',
              params: ({ context }) =>
                introduced(handedOverLine(context.language, context.turn.handOver?.trigger ?? null), context),
            },
          },
          {
            guard: 'acceptedNow',
            target: SPEAKING,
            actions: { type: 'setReply', params: ({ context }) => acceptedLine(context) },
          },
          {
            guard: and([stateIn({ order: 'quoting' }), 'notAnnounced']),
            target: SPEAKING,
            actions: ['markAnnounced', { type: 'setReply', params: ({ context }) => preparingLine(context) }],
          },
          { target: '#conversation.turn.working.thinking' },
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
    { guard: 'isGrounded', target: SPEAKING },
    { guard: 'canRepair', target: 'thinking', actions: 'askForRepair' },
    { guard: 'unclearAgain', ...UNCLEAR },
    { target: SPEAKING, actions: { type: 'setReply', params: ({ context }) => safeReply(context) } },
  ],
});
