/** How long to wait before the next connection attempt. */

export const BACKOFF_BASE_MS = 400;
export const BACKOFF_CAP_MS = 15_000;

/**
 * Exponential back-off with "equal" jitter: half of it fixed, half random, so that a hundred open admins do not come
 * back in the same instant after a restart, and none of them waits for nothing.
 *
 * @param attempt 0 for the first retry
 * @param random in [0, 1)
 */
export const backoffMs = (attempt: number, random: number): number => {
  const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (random * ceiling) / 2);
};
