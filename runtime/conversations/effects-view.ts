/**
 * What steps of a conversation set off and how it went: commands with their attempts and times, model calls with what
 * they cost. By key: the journal's rows name their commands. Finished commands are kept as long as retention keeps them.
 */
import type pg from 'pg';
import type { EffectsView } from '../api/effects-schemas.ts';
import { type CallRow, callView } from '../spend/spend-view.ts';
import { commandLabel } from './labels.ts';
import { iso } from './rows.ts';

/** Steps that are told about at once (G10): more than any turn has. */
export const MAX_EFFECT_STEPS = 200;

interface CommandRow {
  readonly command_id: string;
  readonly name: string;
  readonly status: EffectsView['commands'][number]['status'];
  readonly attempt: number;
  readonly created_at: string;
  readonly first_attempt_at: string | null;
  readonly finished_at: string | null;
  readonly error: { readonly message?: unknown; readonly _tag?: unknown } | null;
  readonly started_by: string | null;
  readonly ended_by: string | null;
}

/** The end of the id of the event that brings a command's result (docs/engine.md). */
const RESULT = ':result';

const STEPS_SQL = `steps as (
  select seq, event_id, commands from journal where actor_id = $1 and seq between $2 and $3),
  started as (select command ->> 'id' as command_id, min(seq) as seq from steps, jsonb_array_elements(commands) as command
    where command ->> 'op' <> 'stop' group by 1),
  ended as (select left(event_id, -length('${RESULT}')) as command_id, min(seq) as seq from steps
    where event_id like '%${RESULT}' group by 1),
  named as (select command_id, started.seq as started_by, ended.seq as ended_by
    from started full join ended using (command_id))`;

const COMMANDS_SQL = `with ${STEPS_SQL}
select o.command_id, o.name, o.status, o.attempt, o.created_at, o.first_attempt_at, o.finished_at, o.error,
       named.started_by, named.ended_by
  from named join outbox o on o.actor_id = $1 and o.command_id = named.command_id
 order by o.created_at, o.command_id`;

/** A call's id is its command's, with the attempt behind a `#` (runtime/spend/model-ledger.ts). */
const CALLS_SQL = `with ${STEPS_SQL}
select c.*, trim_scale(c.cost_usd)::text as cost_usd from model_call c join named on named.command_id = split_part(c.call_id, '#', 1)
 where c.conversation_id = $1 order by c.at, c.call_id`;

/** Of the rows `from` to `to`, both included, at most {@link MAX_EFFECT_STEPS}. */
export const readEffects = async (
  pool: pg.Pool,
  conversationId: string,
  from: number,
  to: number,
): Promise<EffectsView> => {
  const values = [conversationId, from, Math.min(to, from + MAX_EFFECT_STEPS - 1)];
  const [commands, calls] = await Promise.all([
    pool.query<CommandRow>(COMMANDS_SQL, values),
    pool.query<CallRow>(CALLS_SQL, values),
  ]);
  return {
    commands: commands.rows.map(commandView),
    calls: calls.rows.map((row) => ({ ...callView(row), commandId: row.call_id.split('#')[0] ?? '' })),
  };
};

const moment = (ms: string | null): string | null => (ms === null ? null : iso(Number(ms)));
const row = (seq: string | null): number | null => (seq === null ? null : Number(seq));

const commandView = (command: CommandRow): EffectsView['commands'][number] => ({
  id: command.command_id,
  name: command.name,
  label: commandLabel(command.name),
  status: command.status,
  attempts: command.attempt,
  createdAt: iso(Number(command.created_at)),
  startedAt: moment(command.first_attempt_at),
  finishedAt: moment(command.finished_at),
  error: command.error === null ? null : String(command.error.message ?? command.error._tag ?? 'failed'),
  startedBy: row(command.started_by),
  endedBy: row(command.ended_by),
});
