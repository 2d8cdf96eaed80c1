/** Parked events and commands, newest first, and what an operator can do about them (G8). */
import type pg from 'pg';
import { unparkCommand } from './store/commands.ts';
import { unparkEvent } from './store/park-event.ts';
import type { DeadLetter } from './types.ts';

interface Key {
  readonly what: DeadLetter['what'];
  readonly actorId: string;
  readonly id: string;
}

interface Row {
  readonly what: DeadLetter['what'];
  readonly actor_id: string;
  readonly id: string;
  readonly name: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly parked_at: number;
}

/** Both sides read a partial index that holds parked rows only. */
const LIST = `
select * from (
  select 'event' as what, actor_id, event_id as id, body::json ->> 'type' as name, parked_reason as reason, attempts,
    parked_at
  from mailbox where parked_at is not null and applied_seq is null
  union all
  select 'command', actor_id, command_id, name, error ->> 'message', attempt, parked_at
  from outbox where status = 'parked'
) as letter
where $1::bigint is null or (parked_at, what, actor_id, id) < ($1, $2, $3, $4)
order by parked_at desc, what desc, actor_id desc, id desc
limit $5`;

/** One page; the cursor is the last letter seen. An unknown cursor starts from the newest. */
export const listDeadLetters = async (
  db: pg.Pool,
  limit: number,
  cursor: string | undefined,
): Promise<{ items: readonly DeadLetter[]; next: string | null }> => {
  const after = cursor === undefined ? null : decode(cursor);
  const at = after?.[3] === undefined ? null : Number(after[3]);
  const values = [at, ...(after?.slice(0, 3) ?? [null, null, null]), limit + 1];
  const { rows } = await db.query<Row>({ name: 'list-dead-letters', text: LIST, values });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: encode([row.what, row.actor_id, row.id]),
      what: row.what,
      actorId: row.actor_id,
      name: row.name,
      reason: row.reason ?? 'no reason given',
      attempts: row.attempts,
      parkedAt: Number(row.parked_at),
    })),
    next:
      rows.length > limit && last
        ? encode([last.what, last.actor_id, last.id, String(last.parked_at)])
        : null,
  };
};

/** What was answered: the actor to wake, or null when there is no such letter any more. */
export const answerDeadLetter = async (
  db: pg.Pool,
  letterId: string,
  discard: boolean,
  now: number,
): Promise<Key | null> => {
  const parts = decode(letterId);
  if (parts === null) return null;
  const [what, actorId = '', id = ''] = parts;
  if (what !== 'event' && what !== 'command') return null;
  const done =
    what === 'event'
      ? await unparkEvent(db, actorId, id, discard)
      : await unparkCommand(db, actorId, id, discard, now);
  return done ? { what, actorId, id } : null;
};

/** Ids travel in URLs. */
const encode = (parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');

const decode = (text: string): readonly string[] | null => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.length >= 3 && parts.every((part) => typeof part === 'string')
      ? parts
      : null;
  } catch {
    return null;
  }
};
