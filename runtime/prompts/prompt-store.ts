/** Versions of the prompt sections (domain 24.3): each save is a new one, an older one can be put in force again. */
import type { Pool } from 'pg';
import type { PromptBody, PromptView } from '../api/house-schemas.ts';
import type { Page } from '../conversations/views-api.ts';
import { BadCursor } from '../conversations/views-api.ts';
import type { Clock } from '../engine/types.ts';

export interface PromptQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly section?: string | undefined;
  /** Only the versions in force. */
  readonly active?: boolean | undefined;
}

export interface PromptStore {
  /** By section, newest version first. Throws BadCursor. */
  readonly list: (query: PromptQuery) => Promise<Page<PromptView>>;
  readonly save: (by: string, draft: PromptBody) => Promise<PromptView>;
  /** Null: there is no such version. */
  readonly activate: (id: string) => Promise<PromptView | null>;
}

interface Row {
  readonly section: string;
  readonly version: number;
  readonly body: string;
  readonly note: string | null;
  readonly created_by: string;
  readonly created_at: Date;
  readonly active: boolean;
}

const COLUMNS = 'section, version, body, note, created_by, created_at, active';

const LIST_SQL = `
select ${COLUMNS} from prompt_section
 where ($1::text is null or section = $1) and (not $2 or active)
   and ($3::text is null or section > $3 or (section = $3 and version < $4))
 order by section, version desc limit $5`;

/** A draft goes under the next number; in force at once, it takes the place of the one that was. */
const SAVE_SQL = `
insert into prompt_section (section, version, body, note, created_by, created_at, active)
select $1, coalesce(max(version), 0) + 1, $2, $3, $4, to_timestamp($5 / 1000.0), false
  from prompt_section where section = $1
returning ${COLUMNS}`;

const idOf = (row: Pick<Row, 'section' | 'version'>): string => `${row.section}@${row.version}`;

const partsOf = (id: string): { section: string; version: number } | null => {
  const match = /^([a-z][a-z0-9-]{0,39})@([1-9]\d{0,8})$/.exec(id);
  return match?.[1] === undefined ? null : { section: match[1], version: Number(match[2]) };
};

const viewOf = (row: Row): PromptView => ({
  id: idOf(row),
  section: row.section,
  version: row.version,
  body: row.body,
  note: row.note,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  active: row.active,
});

/** @param changed called after a commit, so that this replica's next turn reads anew (others within a second) */
export const makePromptStore = (pool: Pool, clock: Clock, changed: () => Promise<void>): PromptStore => {
  const inTransaction = async <A>(
    section: string,
    work: (query: (sql: string, values: readonly unknown[]) => Promise<Row | null>) => Promise<A>,
  ): Promise<A> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      // Two editors of one section at once: the later one gets the later number, and one version is in force.
      await client.query("select pg_advisory_xact_lock(hashtext('prompt:' || $1))", [section]);
      const answer = await work(async (sql, values) => {
        const { rows } = await client.query<Row>(sql, [...values]);
        return rows[0] ?? null;
      });
      await client.query('commit');
      return answer;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  };
  type Query = (sql: string, values: readonly unknown[]) => Promise<Row | null>;
  const putInForce = async (query: Query, section: string, version: number): Promise<Row | null> => {
    await query('update prompt_section set active = false where section = $1 and active and version <> $2', [
      section,
      version,
    ]);
    return query(
      `update prompt_section set active = true where section = $1 and version = $2 returning ${COLUMNS}`,
      [section, version],
    );
  };

  return {
    list: async ({ limit, cursor, section, active }) => {
      const from = cursor === undefined ? null : partsOf(cursor);
      if (cursor !== undefined && from === null)
        throw new BadCursor('The cursor is not one of ours; start again without it.');
      const { rows } = await pool.query<Row>(LIST_SQL, [
        section ?? null,
        active === true,
        from?.section ?? null,
        from?.version ?? null,
        limit + 1,
      ]);
      const items = rows.slice(0, limit).map(viewOf);
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
    save: async (by, { section, body, note = null, activate = true }) => {
      const saved = await inTransaction(section, async (query) => {
        const row = await query(SAVE_SQL, [section, body, note, by, clock.now()]);
        return row !== null && activate ? await putInForce(query, section, row.version) : row;
      });
      if (saved === null) throw new Error('the database kept no version of the section');
      if (activate) await changed();
      return viewOf(saved);
    },
    activate: async (id) => {
      const wanted = partsOf(id);
      if (wanted === null) return null;
      const { section, version } = wanted;
      const row = await inTransaction(section, async (query) => {
        const there = await query(
          `select ${COLUMNS} from prompt_section where section = $1 and version = $2`,
          [section, version],
        );
        return there === null ? null : putInForce(query, section, version);
      });
      if (row === null) return null;
      await changed();
      return viewOf(row);
    },
  };
};
