/** Keeps a manager's answer as a candidate for the knowledge base (domain 8.6, 21.6). */
import { Effect } from 'effect';
import type { ProposeKnowledgeParams } from '../../machines/conversation/actors.ts';
import { Candidates } from '../knowledge/candidates.ts';

export const proposeKnowledge = Effect.fn('proposeKnowledge')(function* (
  proposal: ProposeKnowledgeParams,
  commandId: string,
) {
  const candidates = yield* Candidates;
  yield* candidates.propose({ key: commandId, ...proposal });
});
