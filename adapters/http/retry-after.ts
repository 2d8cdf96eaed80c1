/** How long a vendor asks us to leave it alone. */

/** Longest wait taken from a `Retry-After`: more means "not this turn". */
const MAX_RETRY_AFTER_MS = 5 * 60 * 1000;

/** Ms to wait by a `Retry-After` header: seconds or an HTTP date. `now`: ms since the epoch. */
export const retryAfterOf = (header: string | null, now: number): number | undefined => {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(Math.ceil(ms), 0), MAX_RETRY_AFTER_MS) : undefined;
};
