/** What model calls were and cost, for the API. */
import type pg from 'pg';
import type { SpendApi } from '../api/deps.ts';
import type { ModelCallView, SpendLine } from '../api/schemas.ts';
import { BadCursor, type Page } from '../conversations/views-api.ts';
import type { Clock } from '../engine/types.ts';
import { CALLS_SQL, SPEND_SQL, TOTAL_SQL } from './ledger-sql.ts';

export interface CallRow {
  readonly call_id: string;
  readonly job: string;
  readonly at: number | string;
  readonly outcome: ModelCallView['outcome'];
  readonly error_class: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly generation_id: string | null;
  readonly prompt_versions: readonly string[];
  readonly prompt_tokens: number;
  readonly cached_tokens: number;
  readonly completion_tokens: number;
  readonly reasoning_tokens: number;
  readonly cost_usd: string | null;
  readonly duration_ms: number | null;
  readonly finish_reason: string | null;
}

interface SpendRow {
  readonly day: string;
  readonly job: string;
  readonly calls: number;
  readonly failed: number;
  readonly unbilled: number;
  readonly prompt_tokens: string;
  readonly cached_tokens: string;
  readonly completion_tokens: string;
  readonly reasoning_tokens: string;
  readonly cost_usd: string;
}

const KNOWN_SQL = 'select 1 from conversation where conversation_id = $1';

export const makeSpendApi = (pool: pg.Pool, clock: Clock, timeZone: string): SpendApi => ({
  calls: async (conversationId, limit, cursor) => {
    const [at, callId] = cursor === undefined ? [-1, ''] : readCursor(cursor);
    const { rows } = await pool.query<CallRow>(CALLS_SQL, [conversationId, at, callId, limit + 1]);
    if (rows.length === 0 && (await pool.query(KNOWN_SQL, [conversationId])).rowCount === 0) return null;
    return pageOf(rows, limit);
  },
  spend: async (from, to) => {
    const { rows } = await pool.query<SpendRow>(SPEND_SQL, [from, to]);
    const total = await pool.query<{ usd: string }>(TOTAL_SQL, [from, to]);
    return { items: rows.map(lineOf), totalUsd: total.rows[0]?.usd ?? '0' };
  },
  today: () => dayOf(clock.now(), timeZone),
});

/** The business day as Postgres names it, `2026-03-01`. */
const dayOf = (now: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    now,
  );

const pageOf = (rows: readonly CallRow[], limit: number): Page<ModelCallView> => {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(callView), next: last ? `${last.at}:${last.call_id}` : null };
};

const readCursor = (cursor: string): readonly [at: number, callId: string] => {
  const parts = /^(\d{1,15}):(.+)$/.exec(cursor);
  if (!parts) throw new BadCursor('The cursor is not one of this list.');
  return [Number(parts[1]), parts[2] ?? ''];
};

export const callView = (row: CallRow): ModelCallView => ({
  id: row.call_id,
  job: row.job,
  at: new Date(Number(row.at)).toISOString(),
  outcome: row.outcome,
  errorClass: row.error_class,
  model: row.model,
  provider: row.provider,
  generationId: row.generation_id,
  promptVersions: row.prompt_versions,
  promptTokens: row.prompt_tokens,
  cachedTokens: row.cached_tokens,
  completionTokens: row.completion_tokens,
  reasoningTokens: row.reasoning_tokens,
  costUsd: row.cost_usd,
  durationMs: row.duration_ms,
  finishReason: row.finish_reason,
});

const lineOf = (row: SpendRow): SpendLine => ({
  day: row.day,
  job: row.job,
  calls: row.calls,
  failed: row.failed,
  unbilled: row.unbilled,
  promptTokens: Number(row.prompt_tokens),
  cachedTokens: Number(row.cached_tokens),
  completionTokens: Number(row.completion_tokens),
  reasoningTokens: Number(row.reasoning_tokens),
  costUsd: row.cost_usd,
});
