/** Whether a touch may go out now, and in which words: asked at the moment of sending and by the dry run (domain 17.3). */
import { isOpen, nextOpening, type Shop } from '../business-hours/business-hours.ts';
import type { TemplateUse } from '../conversation/events.ts';
import type { TouchDecision } from './touch.ts';

export interface TouchFacts {
  /** Ms since the epoch. */
  readonly now: number;
  /** The owner has switched this kind of touch on. */
  readonly enabled: boolean;
  readonly optedOut: boolean;
  /** The channel is healthy (lesson F-45). */
  readonly channelFit: boolean;
  readonly shop: Shop;
  readonly windowClosesAt: number | null;
  /** Free text, for inside the window. */
  readonly text: string;
  /** For outside; null: none is configured. */
  readonly template: PreparedTemplate | null;
}

/** A configured template as the channel takes it: with what the customer will read, or why it cannot be used. */
export type PreparedTemplate =
  | { readonly use: TemplateUse; readonly text: string }
  | { readonly refused: string };

/** A text that is queued this shortly before the window closes might arrive after it. */
export const WINDOW_MARGIN_MS = 60_000;
/** An ill channel is looked at again after this; a step that is too late by then is skipped (lesson F-43). */
export const CHANNEL_RETRY_MS = 15 * 60_000;

export const decideTouch = (facts: TouchFacts): TouchDecision => {
  if (facts.optedOut) return { verdict: 'blocked', reason: 'opted_out', detail: null };
  if (!facts.enabled) return { verdict: 'blocked', reason: 'disabled', detail: null };
  if (!isOpen(facts.shop, facts.now)) {
    const until = nextOpening(facts.shop, facts.now);
    return until === null
      ? { verdict: 'blocked', reason: 'quiet_hours', detail: 'The shop has no next opening.' }
      : { verdict: 'wait', until, reason: 'quiet_hours' };
  }
  const words = wordsOf(facts);
  // What has no words will have none when the channel is well again.
  if (words.verdict === 'send' && !facts.channelFit) {
    return { verdict: 'wait', until: facts.now + CHANNEL_RETRY_MS, reason: 'channel_down' };
  }
  return words;
};

const wordsOf = ({ windowClosesAt, now, text, template }: TouchFacts): TouchDecision => {
  if (windowClosesAt !== null && now < windowClosesAt - WINDOW_MARGIN_MS) {
    return { verdict: 'send', text, template: null };
  }
  if (template === null) return { verdict: 'blocked', reason: 'no_template', detail: null };
  if ('refused' in template) {
    return { verdict: 'blocked', reason: 'template_refused', detail: template.refused };
  }
  return { verdict: 'send', text: template.text, template: template.use };
};
