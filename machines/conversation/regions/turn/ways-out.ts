/** How a turn leaves its work: what the customer is told then, in our own words. */
import { and, not } from 'xstate';
import type { ConversationContext } from '../../context.ts';
import { handedOverLine, introduced, optedOutLine } from '../../texts.ts';

export const SPEAKING = '#conversation.turn.speaking';

/** A wish for silence is confirmed once, in our own words (domain 20.1). */
export const CONFIRM_SILENCE = {
  target: SPEAKING,
  actions: {
    type: 'setReply' as const,
    params: ({ context }: { context: ConversationContext }) => optedOutLine(context.language),
  },
};

/** The same while an answer is on its way: the wish is no question that waits for the next one. */
export const SILENCE_BESIDE = [
  {
    description:
      'The customer asks for silence while an answer is on its way: it is confirmed beside it, once (domain 20.1).',
    guard: and(['isNewMessage' as const, 'asksToStop' as const, not('hasOptedOut' as const)]),
    actions: [
      'dropMessage' as const,
      {
        type: 'say' as const,
        params: ({ context }: { context: ConversationContext }) => optedOutLine(context.language),
      },
    ],
  },
  {
    description:
      'The customer asks again for a silence that is confirmed already: the message waits for no answer (domain 20.1).',
    guard: and(['isNewMessage' as const, 'asksToStop' as const]),
    actions: 'dropMessage' as const,
  },
];

/** Not understood twice in a row: a person goes on (domain 8.1, trigger 2). */
export const UNCLEAR = {
  target: SPEAKING,
  actions: [
    'handOverUnclear' as const,
    {
      type: 'setReply' as const,
      params: ({ context }: { context: ConversationContext }) =>
        introduced(handedOverLine(context.language), context),
    },
  ],
};
