/** Test support: a shop's tables filled by hand, as the product's commits would have filled them. */
import type pg from 'pg';

/** Friday, 27 February 2026, 10:00 in Dubai. */
export const DAY0 = Date.UTC(2026, 1, 27, 6, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const ZONE = 'Asia/Dubai';

export const idOf = (phone: string, channel = 'c1'): string => `wz:${channel}:${phone}`;

type Line = readonly [
  at: number,
  from: 'customer' | 'bot' | 'manager' | 'note',
  text: string,
  author?: string,
];

export interface JournalLine {
  readonly at: number;
  readonly cause: string;
  readonly event: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly diff?: readonly { readonly op: string; readonly path: string; readonly value?: unknown }[];
  readonly ignored?: string;
}

export interface Story {
  readonly phone: string;
  readonly channel?: string;
  readonly lines: readonly Line[];
  readonly journal?: readonly JournalLine[];
  readonly quotes?: readonly { readonly at: number; readonly total: string }[];
  readonly touches?: readonly { readonly at: number; readonly kind: string; readonly step: number }[];
}

/** Tells a conversation from its beginning; told again with more, it has moved on. */
export const tell = async (pool: pg.Pool, story: Story): Promise<void> => {
  const id = idOf(story.phone, story.channel);
  const seq = story.lines.length + (story.journal?.length ?? 0);
  const last = story.lines.at(-1);
  const at = Math.max(...story.lines.map(([time]) => time), ...(story.journal ?? []).map((row) => row.at));
  const waiting = last?.[1] === 'customer' ? last[0] : null;
  await pool.query(
    `insert into conversation (conversation_id, channel_id, chat_id, name, language, owner, states, state_paths,
       waiting_since, unanswered, seq, machine_version, sort_rank, search, created_at, updated_at, last_at)
     values ($1, $2, $3, $4, 'en', 'bot', '{}', '{}', $5, 0, $6, '3', $7, '', $8, $8, $8)
     on conflict (conversation_id) do update set waiting_since = excluded.waiting_since, seq = excluded.seq,
       sort_rank = excluded.sort_rank, updated_at = excluded.updated_at`,
    [
      id,
      story.channel ?? 'c1',
      story.phone,
      `Customer ${story.phone}`,
      waiting,
      seq,
      waiting === null ? -at : waiting - 100_000_000_000_000,
      at,
    ],
  );
  for (const [index, [time, sender, text, author]] of story.lines.entries()) {
    await pool.query(
      `insert into message (conversation_id, message_id, sender, author, kind, text, status, status_rank, seq,
         changed_seq, at) values ($1, $2, $3, $4, 'text', $5, 'sent', 3, 1, 1, $6) on conflict do nothing`,
      [id, `m${index}`, sender, author ?? null, text, time],
    );
  }
  for (const [index, row] of (story.journal ?? []).entries()) {
    await pool.query(
      `insert into journal (actor_id, seq, kind, at, event_id, cause, event, from_states, to_states, guards,
         context_diff, commands, timers, machine_version, ignored)
       values ($1, $2::bigint, 'conversation', $3, 'e', $4, $5, $6, $7, '[]', $8, '[]', '[]', '3', $9)
       on conflict do nothing`,
      [
        id,
        index + 1,
        row.at,
        row.cause,
        JSON.stringify({ type: row.event }),
        JSON.stringify(row.from),
        JSON.stringify(row.to),
        JSON.stringify(row.diff ?? []),
        row.ignored ?? null,
      ],
    );
  }
  for (const { at: printed, total } of story.quotes ?? []) {
    await pool.query(
      `insert into quotation_file (conversation_id, number, revision, path, name, sha256, bytes, facts_hash,
         grand_total, valid_until, printed_at)
       values ($1, 'SO-1', $2, 'p', 'n', 's', 1, 'h', $3, '2026-12-31', to_timestamp($4 / 1000.0)) on conflict do nothing`,
      [id, Math.round(printed / 1000) % 1_000_000, total, printed],
    );
  }
  for (const touch of story.touches ?? []) {
    await pool.query(
      `insert into outreach_attempt (conversation_id, kind, schedule, step, command_id, outcome, decision, at)
       values ($1, $2, 's', $3, 'c', 'send', '{}', $4) on conflict do nothing`,
      [id, touch.kind, touch.step, touch.at],
    );
  }
};
