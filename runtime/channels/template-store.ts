/** The account's templates in the database: read every quarter of an hour, kept current by webhooks in between. */
import type { Pool } from 'pg';
import type { TemplateList } from '../../adapters/wazzup/wazzup.ts';
import type { TemplateItem } from '../../adapters/wazzup/webhook.ts';
import { decodeCursor, encodeCursor } from '../conversations/cursor.ts';
import type { Page } from '../conversations/views-api.ts';

export interface StoredTemplate {
  readonly id: string;
  readonly name: string | null;
  readonly title: string | null;
  readonly language: string | null;
  /** Lower case; `removed` when the account does not list it any more. */
  readonly status: string;
  /** Of the status, ms since the epoch. */
  readonly since: number;
  /** Empty until the list was read. */
  readonly parts: readonly string[];
  /** Empty: may be used everywhere. */
  readonly channelIds: readonly string[];
}

export interface TemplateStore {
  readonly byId: (id: string) => Promise<StoredTemplate | null>;
  /** By id. Throws BadCursor. */
  readonly list: (limit: number, cursor?: string) => Promise<Page<StoredTemplate>>;
  /** What the list says. `askedAt`, ms: a webhook that came since then knows better. */
  readonly heard: (list: TemplateList, askedAt: number) => Promise<void>;
  readonly told: (item: TemplateItem, now: number) => Promise<void>;
}

const COLUMNS = `template_id as id, name, title, language, status, since, parts, channel_ids as "channelIds"`;
const BY_ID_SQL = `select ${COLUMNS} from template where template_id = $1`;
const LIST_SQL = `select ${COLUMNS} from template where template_id > $1 order by template_id limit $2`;

const HEARD_SQL = `insert into template as t
    (template_id, name, title, language, status, since, parts, channel_ids, checked_at)
  select id, name, title, language, status, $2, parts,
    array(select jsonb_array_elements_text("channelIds")), $2
  from jsonb_to_recordset($1::jsonb) as r(id text, name text, title text, language text, status text, parts jsonb,
    "channelIds" jsonb)
  order by id
  on conflict (template_id) do update set
    name = excluded.name, title = excluded.title, language = excluded.language, parts = excluded.parts,
    channel_ids = excluded.channel_ids,
    since = case when t.status = excluded.status then t.since else excluded.since end,
    status = excluded.status,
    checked_at = excluded.checked_at
  where t.checked_at <= excluded.checked_at`;

const REMOVED_SQL = `update template set status = 'removed', since = $2, checked_at = $2
  where checked_at < $2 and status <> 'removed' and template_id <> all($1)`;

const TOLD_SQL = `insert into template as t (template_id, name, status, since, checked_at) values ($1, $2, $3, $4, $4)
  on conflict (template_id) do update set
    name = coalesce(excluded.name, t.name),
    since = case when t.status = excluded.status then t.since else excluded.since end,
    status = excluded.status,
    checked_at = greatest(t.checked_at, excluded.checked_at)`;

export const makeTemplateStore = (pool: Pool): TemplateStore => ({
  byId: async (id) => (await pool.query<StoredTemplate>(BY_ID_SQL, [id])).rows[0] ?? null,
  list: async (limit, cursor) => {
    const after = cursor === undefined ? '' : decodeCursor(cursor)[1];
    const { rows } = await pool.query<StoredTemplate>(LIST_SQL, [after, limit + 1]);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? encodeCursor([0, last.id]) : null };
  },
  heard: async ({ templates, complete }, askedAt) => {
    // The vendor's pages may overlap while somebody edits: one row each.
    const byId = new Map(templates.map((template) => [template.id, template]));
    if (byId.size > 0) await pool.query(HEARD_SQL, [JSON.stringify([...byId.values()]), askedAt]);
    if (complete) await pool.query(REMOVED_SQL, [[...byId.keys()], askedAt]);
  },
  told: async (item, now) => {
    await pool.query(TOLD_SQL, [item.templateGuid, item.name, item.status, now]);
  },
});
