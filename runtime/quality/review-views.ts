/** Reviews as they are listed and looked into. */
import type pg from 'pg';
import type { Criterion } from '../../machines/quality/criteria.ts';
import { type FlagFinding, flagTitle } from '../../machines/quality/flags.ts';
import { type HandOverMeasures, MANAGER_CRITERIA } from '../../machines/quality/manager.ts';
import type { BlockName, RuleNumber } from '../../machines/quality/rubric.ts';
import { RULES } from '../../machines/quality/rubric.ts';
import type { Coverage } from '../../machines/quality/score.ts';
import type { ReviewScope } from '../../machines/review/review-id.ts';
import type { ReviewsAsked } from '../api/deps.ts';
import type { ReviewDetailView, ReviewView } from '../api/quality-schemas.ts';
import { decodeCursor, encodeCursor } from '../conversations/cursor.ts';
import type { Page } from '../conversations/views-api.ts';

interface StoredBlock {
  readonly name: BlockName;
  readonly title: string;
  readonly points: number | null;
  readonly ceiling: number | null;
  readonly applicable: readonly RuleNumber[];
}

/** What review-list.ts writes into `detail`, whatever the scope. */
interface StoredDetail {
  readonly blocks?: readonly StoredBlock[];
  readonly coverage?: Coverage;
  readonly measures?: HandOverMeasures;
  readonly flags?: readonly FlagFinding[];
  readonly verdict?: {
    readonly criteria: readonly Criterion[];
    readonly strengths: readonly string[];
    readonly weaknesses: readonly string[];
    readonly recommendations: readonly string[];
    readonly nextAction: string;
  };
}

export interface ReviewRow {
  readonly review_id: string;
  readonly scope: ReviewScope;
  readonly conversation_id: string;
  readonly customer: string | null;
  readonly manager: string | null;
  readonly state: ReviewView['state'];
  readonly activity_at: number;
  readonly asked_at: number;
  readonly updated_at: number;
  readonly total: string | null;
  readonly ceiling: string | null;
  readonly rating: NonNullable<ReviewView['score']>['rating'];
  readonly plain_sum: number | null;
  readonly readings: number;
  readonly lowest: string | null;
  readonly highest: string | null;
  readonly flags: readonly string[];
  readonly model: string | null;
  readonly prompt_version: string | null;
  readonly cost_usd: string | null;
  readonly detail: StoredDetail | null;
  readonly reason: string | null;
}

const COLUMNS = `r.review_id, r.scope, r.conversation_id, c.name as customer, r.manager, r.state, r.activity_at, r.asked_at,
  r.updated_at, r.total, r.ceiling, r.rating, r.plain_sum, r.readings, r.lowest, r.highest, r.flags, r.model,
  r.prompt_version, trim_scale(r.cost_usd)::text as cost_usd, r.detail, r.reason`;
const FROM = 'from quality_review r left join conversation c on c.conversation_id = r.conversation_id';

/**
 * Follows index `quality_review_newest`; with a filter the one of it: `_low` (a rating), `_of_manager`, `_flagged`,
 * `_unscored` (a state), or the key of one conversation.
 */
const LIST_SQL = `select ${COLUMNS} ${FROM}
  where r.scope = $1
    and ($2::text is null or r.rating = $2) and ($3::text is null or r.state = $3)
    and ($4::text is null or r.conversation_id = $4) and ($5::text is null or r.manager = $5)
    and (not $6 or cardinality(r.flags) > 0)
    and r.updated_at >= $7 and r.updated_at < $8
    and (r.updated_at < $9 or (r.updated_at = $9 and r.review_id > $10))
  order by r.updated_at desc, r.review_id limit $11`;

const ONE_SQL = `select ${COLUMNS} ${FROM} where r.review_id = $1`;

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
const instantOf = (ms: number): string => new Date(ms).toISOString();

export const reviewView = (row: ReviewRow): ReviewView => {
  const points = numberOf(row.total);
  const ceiling = numberOf(row.ceiling);
  return {
    id: row.review_id,
    scope: row.scope,
    conversationId: row.conversation_id,
    customer: row.customer,
    manager: row.manager,
    state: row.state,
    activityAt: instantOf(row.activity_at),
    askedAt: row.asked_at === 0 ? null : instantOf(row.asked_at),
    updatedAt: instantOf(row.updated_at),
    score:
      points === null || ceiling === null
        ? null
        : { points, ceiling, rating: row.rating, plainSum: row.plain_sum },
    spread: { readings: row.readings, lowest: numberOf(row.lowest), highest: numberOf(row.highest) },
    coverage: row.detail?.coverage ?? null,
    flags: row.flags,
    measures: row.detail?.measures ?? null,
    model: row.model,
    promptVersion: row.prompt_version,
    costUsd: row.cost_usd,
    reason: row.reason,
  };
};

const evidenceOf = ({ quotes, messageIds }: Pick<Criterion, 'quotes' | 'messageIds'>) =>
  quotes.map((quote, i) => ({ quote, messageId: messageIds?.[i] ?? null }));

const titleOf = (scope: ReviewScope, rule: number): string =>
  (scope === 'manager' ? MANAGER_CRITERIA[rule - 1] : RULES[rule as RuleNumber]) ?? String(rule);

const detailView = (row: ReviewRow): ReviewDetailView => {
  const { blocks = [], flags = [], verdict } = row.detail ?? {};
  const counted = new Set<number>(blocks.flatMap(({ applicable }) => applicable));
  return {
    ...reviewView(row),
    blocks: blocks.map(({ name, title, points, ceiling }) => ({ name, title, points, ceiling })),
    criteria: (verdict?.criteria ?? [])
      .toSorted((a, b) => a.rule - b.rule)
      .map((criterion) => ({
        rule: criterion.rule,
        title: titleOf(row.scope, criterion.rule),
        applies: row.scope === 'manager' || counted.has(criterion.rule),
        score: criterion.score,
        comment: criterion.comment,
        evidence: evidenceOf(criterion),
      })),
    flagFindings: flags.map((found) => ({
      flag: found.flag,
      title: flagTitle(found.flag),
      comment: found.comment,
      evidence: evidenceOf(found),
    })),
    strengths: verdict?.strengths ?? [],
    weaknesses: verdict?.weaknesses ?? [],
    recommendations: verdict?.recommendations ?? [],
    nextAction: verdict?.nextAction ?? null,
  };
};

/** Throws BadCursor. */
export const listReviews = async (pool: pg.Pool, query: ReviewsAsked): Promise<Page<ReviewView>> => {
  const before =
    query.cursor === undefined ? ([Number.MAX_SAFE_INTEGER, ''] as const) : decodeCursor(query.cursor);
  const { rows } = await pool.query<ReviewRow>(LIST_SQL, [
    query.scope,
    query.rating ?? null,
    query.state ?? null,
    query.conversation ?? null,
    query.manager ?? null,
    query.flagged,
    query.since ?? 0,
    query.until ?? Number.MAX_SAFE_INTEGER,
    ...before,
    query.limit + 1,
  ]);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(reviewView),
    next: rows.length > query.limit && last ? encodeCursor([last.updated_at, last.review_id]) : null,
  };
};

export const findReview = async (pool: pg.Pool, id: string): Promise<ReviewRow | null> =>
  (await pool.query<ReviewRow>(ONE_SQL, [id])).rows[0] ?? null;

export const reviewDetail = async (pool: pg.Pool, id: string): Promise<ReviewDetailView | null> => {
  const row = await findReview(pool, id);
  return row === null ? null : detailView(row);
};
