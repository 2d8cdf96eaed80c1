/** The settings document in the database: what differs from the defaults, with every change kept (contract 3.5). */
import { Result, Schema, SchemaIssue } from 'effect';
import type { Pool } from 'pg';
import type { Page } from '../conversations/views-api.ts';
import type { Clock } from '../engine/types.ts';
import type { Principal } from './access.ts';
import { type Issue, pathOf } from './errors.ts';
import type { SettingsChangeView } from './schemas.ts';
import { DEFAULT_SETTINGS, mergeSettings, Settings } from './settings-schema.ts';

export type PutSettings =
  | { readonly ok: true; readonly before: Settings; readonly after: Settings }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export interface SettingsStore {
  /** The whole document, defaults filled in. */
  readonly get: () => Promise<Settings>;
  /** Merges a part into the document; wrong values change nothing. */
  readonly put: (by: Pick<Principal, 'id' | 'name'>, patch: unknown) => Promise<PutSettings>;
  /** Newest first; null: the cursor is not ours. */
  readonly history: (limit: number, cursor?: string) => Promise<Page<SettingsChangeView> | null>;
}

const decode = Schema.decodeUnknownResult(Settings, { onExcessProperty: 'error', errors: 'all' });
const format = SchemaIssue.makeFormatterStandardSchemaV1();

const issuesOf = (issue: SchemaIssue.Issue): readonly Issue[] =>
  format(issue).issues.map(({ path, message }) => ({ path: pathOf(path ?? []), message }));

/** Checks a patch against the stored document, without storing anything. */
export const applyPatch = (before: Settings, patch: unknown): PutSettings => {
  const merged = decode(mergeSettings(before, patch));
  if (Result.isFailure(merged)) return { ok: false, issues: issuesOf(merged.failure.issue) };
  return { ok: true, before, after: merged.success };
};

interface ChangeRow {
  readonly id: number | string;
  readonly at: Date;
  readonly actor_name: string;
  readonly patch: unknown;
}

const PUT_SQL = `
with stored as (
  insert into settings_document (singleton, document, updated_at) values (true, $1, to_timestamp($2 / 1000.0))
  on conflict (singleton) do update set document = excluded.document, updated_at = excluded.updated_at
)
insert into settings_change (at, actor_id, actor_name, patch, before, after)
values (to_timestamp($2 / 1000.0), $3, $4, $5, $6, $1)`;

export const makeSettingsStore = (pool: Pool, clock: Clock): SettingsStore => {
  const read = async (client: Pick<Pool, 'query'>): Promise<Settings> => {
    const { rows } = await client.query<{ document: unknown }>('select document from settings_document');
    // Keys of later versions fall away and new ones get their defaults: a document never stops the shop.
    const stored = Schema.decodeUnknownResult(Settings)(
      mergeSettings(DEFAULT_SETTINGS, rows[0]?.document ?? {}),
    );
    if (Result.isFailure(stored)) {
      throw new Error(
        'the stored settings do not fit this version; correct settings_document and start again',
      );
    }
    return stored.success;
  };

  return {
    get: () => read(pool),

    put: async (by, patch) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        // Two administrators saving at once must not lose each other's change.
        await client.query("select pg_advisory_xact_lock(hashtext('settings_document'))");
        const result = applyPatch(await read(client as unknown as Pick<Pool, 'query'>), patch);
        if (result.ok) {
          const before = JSON.stringify(result.before);
          const after = JSON.stringify(result.after);
          await client.query(PUT_SQL, [after, clock.now(), by.id, by.name, JSON.stringify(patch), before]);
        }
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },

    history: async (limit, cursor) => {
      if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) return null;
      const { rows } = await pool.query<ChangeRow>(
        `select id, at, actor_name, patch from settings_change
          where id < coalesce($2::bigint, 9223372036854775807) order by id desc limit $1`,
        [limit + 1, cursor ?? null],
      );
      const items = rows.slice(0, limit).map((row) => ({
        id: String(row.id),
        at: row.at.toISOString(),
        actor: row.actor_name,
        patch: row.patch,
      }));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  };
};
