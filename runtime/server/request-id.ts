/** One id per request: in the answer, and in every line that is logged about it. */
import { randomUUID } from 'node:crypto';

export const REQUEST_ID_HEADER = 'x-request-id';

/** The proxy's own, so that its line in the log and ours are found together; strangers' forms are not taken over. */
export const requestIdFrom = (given: string): string =>
  /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID();
