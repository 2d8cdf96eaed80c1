/** How a turn leaves its work: what the customer is told then, in our own words. */
import type { ConversationContext } from '../../context.ts';
import { handedOverLine, optedOutLine } from '../../texts.ts';

export const SPEAKING = '#conversation.turn.speaking';

/** A wish for silence is confirmed once, in our own words (domain 20.1). */
export const CONFIRM_SILENCE = {
  target: SPEAKING,
  actions: {
    type: 'setReply' as const,
    params: ({ context }: { context: ConversationContext }) => optedOutLine(context.language),
  },
};

/** Not understood twice in a row: a person goes on (domain 8.1, trigger 2). */
export const UNCLEAR = {
  target: SPEAKING,
  actions: [
    'handOverUnclear' as const,
    {
      type: 'setReply' as const,
      params: ({ context }: { context: ConversationContext }) => handedOverLine(context.language),
    },
  ],
};
