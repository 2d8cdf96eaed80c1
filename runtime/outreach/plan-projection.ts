/** What is planned for whom, kept in the commit that plans it: for the dry run and the hourly run (domain 17.13). */
import type { ConversationContext } from '../../machines/conversation/context.ts';
import { plansOf } from '../../machines/conversation/plans.ts';
import type { AppliedStep, Projection } from '../engine/types.ts';

/** Most steps plan nothing: the table is left alone then. */
const touchesPlans = ({ row }: AppliedStep): boolean =>
  row.contextDiff.some(({ path }) => /^\/context\/(?:outreach|afterSale)(?:\/|$)/.test(path));

const planOf = (step: AppliedStep) => ({
  conversation_id: step.row.actorId,
  plans: plansOf(step.snapshot.context as ConversationContext).map(
    ({ kind, schedule, step: number, dueAt }) => ({
      kind,
      schedule,
      step: number,
      due_at: Math.round(dueAt),
    }),
  ),
});

export const outreachPlan: Projection = {
  name: 'outreach plan',
  rows: (steps) => {
    const changed = new Set(steps.filter(touchesPlans).map(({ row }) => row.actorId));
    const newest = new Map<string, AppliedStep>();
    for (const step of steps) if (changed.has(step.row.actorId)) newest.set(step.row.actorId, step);
    return [...newest.values()].map(planOf);
  },
  sql: `with given as (
      select conversation_id, plans from jsonb_to_recordset($1::jsonb) as r(conversation_id text, plans jsonb)
    ), wanted as (
      select g.conversation_id, p.kind, p.schedule, p.step, p.due_at
      from given g, jsonb_to_recordset(g.plans) as p(kind text, schedule text, step integer, due_at bigint)
    ), gone as (
      delete from outreach_plan o using given g
      where o.conversation_id = g.conversation_id and not exists (
        select 1 from wanted w where w.conversation_id = o.conversation_id and w.kind = o.kind)
    )
    insert into outreach_plan (conversation_id, kind, schedule, step, due_at)
    select conversation_id, kind, schedule, step, due_at from wanted order by conversation_id, kind
    on conflict (conversation_id, kind) do update set schedule = excluded.schedule, step = excluded.step,
      due_at = excluded.due_at`,
};
