/** Answers of managers that may become articles (domain 21.6). An administrator publishes them; nothing else does. */
import { createHash } from 'node:crypto';
import { Clock, Context, Effect, Layer, Schema } from 'effect';
import type pg from 'pg';
import { doubtsAbout } from '../../machines/knowledge/candidate.ts';
import { type DatabaseError, makeDatabase, storable } from '../catalog/database.ts';
import { type ArticleInvalid, Knowledge, type KnowledgeError, type KnowledgeFull } from './knowledge.ts';

export interface Candidate {
  readonly id: string;
  readonly conversationId: string | null;
  readonly question: string;
  readonly answer: string;
  readonly language: 'en' | 'ar';
  readonly proposedBy: string;
  /** What speaks against publishing it as it is. */
  readonly doubts: readonly string[];
  readonly at: number;
}

export interface Proposal {
  /** The same for every try of one command. */
  readonly key: string;
  readonly conversationId: string;
  readonly question: string;
  readonly answer: string;
  readonly language: 'en' | 'ar';
  readonly by: string;
}

/** Somebody decided about it before, or it never was. */
export class CandidateGone extends Schema.TaggedError<CandidateGone>()('CandidateGone', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export interface CandidatesShape {
  readonly propose: (proposal: Proposal) => Effect.Effect<void, DatabaseError>;
  /** Open ones, newest first. */
  readonly list: (
    limit: number,
    before?: { readonly at: number; readonly id: string },
  ) => Effect.Effect<readonly Candidate[], DatabaseError>;
  /** Publishes it with the words given; the id of the article. */
  readonly approve: (
    id: string,
    words: { readonly title: string; readonly body: string },
    by: string,
  ) => Effect.Effect<string, CandidateGone | ArticleInvalid | KnowledgeFull | KnowledgeError>;
  readonly reject: (id: string, by: string) => Effect.Effect<void, CandidateGone | DatabaseError>;
}

export class Candidates extends Context.Service<Candidates, CandidatesShape>()('treejar/actors/Candidates') {
  static readonly layer = (pool: pg.Pool): Layer.Layer<Candidates, never, Knowledge> =>
    Layer.effect(
      Candidates,
      Effect.map(Knowledge, (knowledge) => makeCandidates(pool, knowledge)),
    );
}

const QUESTION_CHARS = 1000;
const ANSWER_CHARS = 4000;

const PROPOSE_SQL = `insert into knowledge_candidate
    (candidate_id, conversation_id, question, answer, language, proposed_by, doubts, state, at)
  values ($1, $2, $3, $4, $5, $6, $7, 'open', $8) on conflict (candidate_id) do nothing`;
const LIST_SQL = `select candidate_id, conversation_id, question, answer, language, proposed_by, doubts, at
  from knowledge_candidate
  where state = 'open' and ($2::bigint is null or (at, candidate_id) < ($2, $3::text))
  order by at desc, candidate_id desc limit $1`;
const CLAIM_SQL = `select language, article_id from knowledge_candidate
  where candidate_id = $1 and state = 'open'`;
const DECIDE_SQL = `update knowledge_candidate
  set state = $2, decided_by = $3, decided_at = $4, article_id = $5
  where candidate_id = $1 and state = 'open' returning candidate_id`;

interface Row {
  readonly candidate_id: string;
  readonly conversation_id: string | null;
  readonly question: string;
  readonly answer: string;
  readonly language: 'en' | 'ar';
  readonly proposed_by: string;
  readonly doubts: readonly string[];
  readonly at: string;
}

const candidateOf = (row: Row): Candidate => ({
  id: row.candidate_id,
  conversationId: row.conversation_id,
  question: row.question,
  answer: row.answer,
  language: row.language,
  proposedBy: row.proposed_by,
  doubts: row.doubts,
  at: Number(row.at),
});

const gone = () =>
  new CandidateGone({
    message: 'There is no such open candidate: somebody decided about it, or it never was; reload the list.',
    retryable: false,
  });

const makeCandidates = (pool: pg.Pool, knowledge: Knowledge['Service']): CandidatesShape => {
  const db = makeDatabase(pool);
  const decide = Effect.fnUntraced(function* (
    id: string,
    state: string,
    by: string,
    articleId: string | null,
  ) {
    const now = yield* Clock.currentTimeMillis;
    const rows = yield* db.query(DECIDE_SQL, [id, state, by, now, articleId]);
    if (rows.length === 0) return yield* gone();
  });
  return {
    propose: Effect.fn('Candidates.propose')(function* ({
      key,
      conversationId,
      question,
      answer,
      language,
      by,
    }) {
      const id = createHash('sha256').update(key).digest('hex').slice(0, 32);
      const [asked, said] = [
        storable(question.slice(0, QUESTION_CHARS)),
        storable(answer.slice(0, ANSWER_CHARS)),
      ];
      const now = yield* Clock.currentTimeMillis;
      yield* db.query(PROPOSE_SQL, [id, conversationId, asked, said, language, by, doubtsAbout(said), now]);
    }),
    list: (limit, before) =>
      db
        .query<Row>(LIST_SQL, [limit, before?.at ?? null, before?.id ?? null])
        .pipe(Effect.map((rows) => rows.map(candidateOf))),
    approve: Effect.fn('Candidates.approve')(function* (id, { title, body }, by) {
      const [claimed] = yield* db.query<{ language: 'en' | 'ar' }>(CLAIM_SQL, [id]);
      if (!claimed) return yield* gone();
      const article = yield* knowledge.put({ kind: 'faq', title, body, language: claimed.language });
      if (article === null) return yield* gone();
      yield* decide(id, 'approved', by, article.id).pipe(
        // Two administrators at once: the second article is taken back.
        Effect.tapErrorTag('CandidateGone', () => knowledge.remove(article.id)),
      );
      return article.id;
    }),
    reject: (id, by) => decide(id, 'rejected', by, null),
  };
};
