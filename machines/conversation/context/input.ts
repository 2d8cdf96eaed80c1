/** What a conversation is born with. */
import type { OutreachTiming } from '../../outreach/schedule.ts';

/** Waiting times of the turn and the owner region, ms (contract 2). */
export interface Timing {
  readonly debounceMs: number;
  readonly debounceMaxMs: number;
  readonly replyDeadlineMs: number;
  /** 0: a chat stays with its manager for ever. */
  readonly handOverReturnMs: number;
  /** Absent: `DEFAULT_OUTREACH_TIMING`. */
  readonly outreach?: OutreachTiming;
}

export interface ConversationInput {
  readonly id: string;
  readonly channelId: string;
  readonly chatId: string;
  readonly timing: Timing;
}
