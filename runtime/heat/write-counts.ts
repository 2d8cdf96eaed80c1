/** Adds what was counted to the sums of the heat map, inside the caller's transaction. */
import type pg from 'pg';
import type { Trail } from './heat-keeper.ts';

export const KIND = 'conversation';

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const NAME_SQL = `insert into heat_transition (kind, from_state, to_state, event)
  select '${KIND}', * from jsonb_to_recordset($1::jsonb) as r(from_state text, to_state text, event text)
  on conflict do nothing`;
const IDS_SQL = `select t.transition_id as id, t.from_state, t.to_state, t.event from heat_transition t
  join jsonb_to_recordset($1::jsonb) as r(from_state text, to_state text, event text)
    on t.kind = '${KIND}' and t.from_state = r.from_state and t.to_state = r.to_state and t.event = r.event`;

/** In the order of their keys, so that two writers would never wait for each other in a circle. */
const TRANSITIONS_SQL = `insert into heat_transition_day (day, transition_id, times)
  select * from jsonb_to_recordset($1::jsonb) as r(day date, transition_id integer, times integer) order by 1, 2
  on conflict (day, transition_id) do update set times = heat_transition_day.times + excluded.times`;
const STAYS_SQL = `insert into heat_stay_day (day, kind, state, bucket, stays, silent)
  select day, '${KIND}', state, bucket, stays, silent
    from jsonb_to_recordset($1::jsonb) as r(day date, state text, bucket smallint, stays integer, silent integer)
   order by day, state, bucket
  on conflict (day, kind, state, bucket) do update
     set stays = heat_stay_day.stays + excluded.stays, silent = heat_stay_day.silent + excluded.silent`;
const TRAILS_SQL = `insert into heat_trail (conversation_id, seq, stays, taken, at)
  select conversation_id, seq, stays, array(select jsonb_array_elements_text(taken)::integer), at
    from jsonb_to_recordset($1::jsonb) as r(conversation_id text, seq bigint, stays jsonb, taken jsonb, at bigint)
  on conflict (conversation_id) do update
     set seq = excluded.seq, stays = excluded.stays, taken = excluded.taken, at = excluded.at`;

const keyOf = (from: string, to: string, event: string): string => `${from}>${to}>${event}`;

/** Child results carry the id of what was sent: `xstate.done.actor.send.1234` is one transition, not a million. */
const eventOf = (event: string): string =>
  /^xstate\.(done|error)\.actor\.(.+)$/.test(event)
    ? event.replace(/^(xstate\.(?:done|error)\.actor\.[a-z]+)\.(?=[^.]*\d).+$/i, '$1.*')
    : event;

const summed = <T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] => [
  ...Map.groupBy(items, key).values(),
];

export const writeCounts = async (db: pg.ClientBase, trails: readonly Trail[]): Promise<void> => {
  const moves = trails.flatMap((trail) =>
    trail.moved.map((move) => ({ ...move, event: eventOf(move.event), id: trail.conversationId })),
  );
  const kinds = summed(moves, (move) => keyOf(move.from, move.to, move.event)).flatMap(([first]) =>
    first === undefined ? [] : [{ from_state: first.from, to_state: first.to, event: first.event }],
  );
  const named = JSON.stringify(kinds);
  await db.query(NAME_SQL, [named]);
  const known = await db.query<{ id: number; from_state: string; to_state: string; event: string }>(IDS_SQL, [
    named,
  ]);
  const ids = new Map(
    known.rows.map((row) => [keyOf(row.from_state, row.to_state, row.event), row.id] as const),
  );
  const idOf = (move: (typeof moves)[number]): number => ids.get(keyOf(move.from, move.to, move.event)) ?? 0;
  const times = summed(moves, (move) => `${dayOf(move.at)} ${idOf(move)}`).flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [{ day: dayOf(first.at), transition_id: idOf(first), times: group.length }];
  });
  await db.query(TRANSITIONS_SQL, [JSON.stringify(times)]);
  const stays = summed(
    trails.flatMap(({ stayed }) => stayed),
    (stay) => `${dayOf(stay.at)} ${stay.state} ${stay.bucket}`,
  ).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const silent = group.filter((stay) => stay.silent).length;
    return [{ day: dayOf(first.at), state: first.state, bucket: first.bucket, stays: group.length, silent }];
  });
  await db.query(STAYS_SQL, [JSON.stringify(stays)]);
  const taken = Map.groupBy(moves, ({ id }) => id);
  const rows = trails.map((trail) => ({
    conversation_id: trail.conversationId,
    seq: trail.seq,
    stays: trail.stays,
    taken: [...new Set([...trail.taken, ...(taken.get(trail.conversationId) ?? []).map(idOf)])].sort(
      (left, right) => left - right,
    ),
    at: trail.at,
  }));
  await db.query(TRAILS_SQL, [JSON.stringify(rows)]);
};
