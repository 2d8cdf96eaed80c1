/** Candidates for the knowledge base as the API asks for them: promises over the programs' service. */
import { Context, Effect } from 'effect';
import { type Candidate, Candidates } from '../../actors/knowledge/candidates.ts';
import type { CandidateView } from '../api/candidate-schemas.ts';
import type { CandidatesApi } from '../api/deps.ts';
import { decodeCursor, encodeCursor } from '../conversations/cursor.ts';
import { iso } from '../conversations/rows.ts';

const viewOf = ({ at, ...candidate }: Candidate): CandidateView => ({ ...candidate, at: iso(at) });

export const makeCandidatesApi = (services: Context.Context<Candidates>): CandidatesApi => {
  const candidates = Context.get(services, Candidates);
  return {
    list: async (limit, cursor) => {
      const [at, id] = cursor === undefined ? [] : decodeCursor(cursor);
      const before = at === undefined || id === undefined ? undefined : { at, id };
      const items = await Effect.runPromise(candidates.list(limit, before));
      const last = items.at(-1);
      return {
        items: items.map(viewOf),
        next: last && items.length === limit ? encodeCursor([last.at, last.id]) : null,
      };
    },
    approve: (id, words, by) =>
      Effect.runPromise(
        candidates
          .approve(id, words, by)
          .pipe(Effect.catchTag('CandidateGone', () => Effect.succeed<string | null>(null))),
      ),
    reject: (id, by) =>
      Effect.runPromise(
        candidates.reject(id, by).pipe(
          Effect.as(true),
          Effect.catchTag('CandidateGone', () => Effect.succeed(false)),
        ),
      ),
  };
};
