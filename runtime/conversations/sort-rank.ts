/** The order of the manager's list as one ascending number, so that a page of it is one range of an index. */

/** Puts everybody who waits before everybody who does not. */
const WAITING_OFFSET = 100_000_000_000_000;

/** Ranks below this are of those who wait for an answer of ours, all others of those who do not. */
export const WAITING_BELOW = -50_000_000_000_000;

/** Of one who waits since `at`, ms since the epoch: the longest wait is the lowest. */
export const rankOfWaiting = (at: number): number => at - WAITING_OFFSET;

/** Who waits longest for us first, then the newest activity. Both in ms since the epoch; `waitingSince` null: nobody waits. */
export const sortRank = (waitingSince: number | null, activeAt: number): number =>
  waitingSince === null ? -activeAt : rankOfWaiting(waitingSince);
