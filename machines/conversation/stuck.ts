/** When a conversation stands still and a person has to look: the list's tab "stuck". */

/** So long the assistant may owe an answer before it is taken for standing still (domain 23.4: oldest message ≥ 120 s). */
export const NO_PROGRESS_MS = 120_000;

/** States in which something failed for good and only a person or a new message goes on. */
export const FAILED_STATES: readonly string[] = ['deal.stuck'];

export interface Standing {
  /** Why an event or command is parked; null when none is. */
  readonly parked: string | null;
  readonly paused: boolean;
  readonly owner: 'bot' | 'waiting' | 'manager' | 'nobody';
  /** Leaf states. */
  readonly states: readonly string[];
  /** RFC 3339; since when the customer waits for us. */
  readonly waitingSince: string | null;
}

/** Parked, paused, failed, or owed an answer by the assistant for too long. `now`: ms since the epoch. */
export const isStuck = ({ parked, paused, owner, states, waitingSince }: Standing, now: number): boolean =>
  parked !== null ||
  paused ||
  states.some((state) => FAILED_STATES.includes(state)) ||
  (owner === 'bot' && waitingSince !== null && Date.parse(waitingSince) < now - NO_PROGRESS_MS);
