/** Whether a touch may go out now, and in which words (domain 17.3). */
import { Effect } from 'effect';
import type { TouchRequest } from '../../machines/outreach/touch.ts';
import { OutreachStore } from './outreach-store.ts';

export const askOutreach = Effect.fn('askOutreach')(function* (request: TouchRequest, commandId: string) {
  const store = yield* OutreachStore;
  return yield* store.decide(request, commandId);
});
