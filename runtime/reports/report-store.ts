/** Reports that were made, with their numbers as they were then. */
import type pg from 'pg';
import type { ReportContent } from '../../machines/reports/content.ts';
import { decodeCursor, encodeCursor } from '../conversations/cursor.ts';

export type ReportKind = 'daily' | 'weekly' | 'custom';

export interface ReportHead {
  readonly id: string;
  readonly kind: ReportKind;
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
  /** Ms since the epoch. */
  readonly madeAt: number;
  readonly madeBy: string;
  /** When the managers' group was told in words; null: it was not. */
  readonly toldAt: number | null;
  /** When the group got the paper; null: it did not. */
  readonly paperAt: number | null;
}

export interface StoredReport extends ReportHead {
  readonly content: ReportContent;
}

const HEAD = `report_id as id, kind, from_day::text as "from", to_day::text as "to", made_at::float8 as "madeAt",
  made_by as "madeBy", told_at::float8 as "toldAt", paper_at::float8 as "paperAt"`;

/** A report of a schedule has an id of its own: made again by another replica it is the same one. */
const KEEP_SQL = `insert into report (report_id, kind, from_day, to_day, made_at, made_by, content)
  values ($1, $2, $3, $4, $5, $6, $7) on conflict (report_id) do nothing`;
const READ_SQL = `select ${HEAD}, content from report where report_id = $1`;
const LIST_SQL = `select ${HEAD} from report where (made_at, report_id) < ($1, $2)
  order by made_at desc, report_id desc limit $3`;
const TOLD_SQL = 'update report set told_at = $2 where report_id = $1 and told_at is null';
const PAPER_SQL = 'update report set paper_at = $2 where report_id = $1 and paper_at is null';

export interface ReportStore {
  readonly keep: (report: Omit<StoredReport, 'toldAt' | 'paperAt'>) => Promise<void>;
  readonly read: (id: string) => Promise<StoredReport | null>;
  /** Newest first. Throws BadCursor. */
  readonly list: (
    limit: number,
    cursor?: string,
  ) => Promise<{ readonly items: readonly ReportHead[]; readonly next: string | null }>;
  readonly told: (id: string, at: number) => Promise<void>;
  readonly papered: (id: string, at: number) => Promise<void>;
}

export const makeReportStore = (pool: pg.Pool): ReportStore => ({
  keep: async ({ id, kind, from, to, madeAt, madeBy, content }) => {
    await pool.query(KEEP_SQL, [id, kind, from, to, madeAt, madeBy, JSON.stringify(content)]);
  },
  read: async (id) => (await pool.query<StoredReport>(READ_SQL, [id])).rows[0] ?? null,
  list: async (limit, cursor) => {
    const [at, id] = cursor === undefined ? [Number.MAX_SAFE_INTEGER, ''] : decodeCursor(cursor);
    const { rows } = await pool.query<ReportHead>(LIST_SQL, [at, id, limit + 1]);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: shown, next: last ? encodeCursor([last.madeAt, last.id]) : null };
  },
  told: async (id, at) => {
    await pool.query(TOLD_SQL, [id, at]);
  },
  papered: async (id, at) => {
    await pool.query(PAPER_SQL, [id, at]);
  },
});
