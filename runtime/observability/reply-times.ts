/** How long customers wait for the bot (domain 25.1), from the commits of this replica. */
import type { MessageFact } from '../../machines/conversation/facts.ts';
import { holdingLine } from '../../machines/conversation/texts.ts';
import type { AppliedStep } from '../engine/types.ts';

/** Customers waited for at a time; beyond it the one who waits longest is no longer measured (G10). */
const WAITING_MAX = 20_000;

/** A word that only asks for patience is no answer. */
const HOLDING: ReadonlySet<string> = new Set([holdingLine('en'), holdingLine('ar')]);

/**
 * A listener of commits. `answered` gets the seconds from the first unanswered message to the commit of the bot's reply;
 * when a person answered, or the message came in on another replica, nothing is told.
 */
export const makeReplyTimes = (
  answered: (seconds: number) => void,
): ((steps: readonly AppliedStep[]) => void) => {
  const waitingSince = new Map<string, number>();

  const note = (actorId: string, at: number, fact: MessageFact): void => {
    if (fact.type !== 'message.recorded' || fact.from === 'note') return;
    if (fact.from === 'customer') {
      if (waitingSince.has(actorId)) return;
      waitingSince.set(actorId, at);
      const [oldest] = waitingSince.keys();
      if (waitingSince.size > WAITING_MAX && oldest !== undefined) waitingSince.delete(oldest);
      return;
    }
    const since = waitingSince.get(actorId);
    if (since === undefined || HOLDING.has(fact.text)) return;
    waitingSince.delete(actorId);
    if (fact.from === 'bot') answered((at - since) / 1000);
  };

  return (steps) => {
    for (const { row, emitted } of steps) {
      for (const fact of emitted as unknown as readonly MessageFact[]) note(row.actorId, row.at, fact);
    }
  };
};
