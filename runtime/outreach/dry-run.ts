/** Who would be written to next, when, with what, and why not: the gate's own decision, without taking it (domain 17.13). */
import type pg from 'pg';
import type { ConversationContext } from '../../machines/conversation/context.ts';
import { type Plan, requestOf } from '../../machines/conversation/plans.ts';
import type { TouchDecision } from '../../machines/outreach/touch.ts';
import type { OutreachTouchView } from '../api/outreach-schemas.ts';
import type { SettingsStore } from '../api/settings-store.ts';
import { decodeCursor, encodeCursor } from '../conversations/cursor.ts';
import { iso } from '../conversations/rows.ts';
import type { Page } from '../conversations/views-api.ts';
import type { Clock } from '../engine/types.ts';
import type { Judge } from './judge.ts';

export interface DryRunOptions {
  readonly pool: pg.Pool;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly clock: Clock;
  readonly judge: Judge;
}

/** By due moment, following index `outreach_plan_due`; the actors of a page come with it. */
const DUE_SQL = `select p.conversation_id, p.kind, p.step, p.due_at, c.name, c.owner,
    a.snapshot::jsonb #> '{snapshot,context}' as context
  from outreach_plan p
  join actor a on a.actor_id = p.conversation_id
  left join conversation c on c.conversation_id = p.conversation_id
  where p.kind <> 'order_check' and (p.due_at, p.conversation_id) > ($1, $2)
  order by p.due_at, p.conversation_id, p.kind limit $3`;

interface DueRow {
  readonly conversation_id: string;
  readonly kind: Plan['kind'];
  readonly step: number;
  readonly due_at: number | string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly context: ConversationContext;
}

/** Throws BadCursor. */
export const dueTouches = async (
  { pool, settings, clock, judge }: DryRunOptions,
  limit: number,
  cursor?: string,
): Promise<Page<OutreachTouchView>> => {
  const after = cursor === undefined ? ([-1, ''] as const) : decodeCursor(cursor);
  const { rows } = await pool.query<DueRow>(DUE_SQL, [...after, limit + 1]);
  const page = rows.slice(0, limit);
  const now = clock.now();
  const asked = page.map((row) => ({
    row,
    request: requestOf(row.context, row),
    at: Math.max(Number(row.due_at), now),
  }));
  const judged = asked.flatMap(({ request, at }) => (request ? [{ request, now: at }] : []));
  const decisions = [...(await judge(judged, await settings.get()))];
  const items = asked.map(({ row, request, at }) =>
    viewOf(row, at, request ? (decisions.shift() ?? null) : null, request?.language ?? row.context.language),
  );
  const last = page.at(-1);
  return {
    items,
    next: rows.length > limit && last ? encodeCursor([Number(last.due_at), last.conversation_id]) : null,
  };
};

const viewOf = (
  row: DueRow,
  at: number,
  decision: TouchDecision | null,
  language: 'en' | 'ar',
): OutreachTouchView => {
  // A person has the chat: a chain would have been stopped, a reminder is refused (domain 8.4, 18.2).
  const byPerson = row.owner === 'manager' || row.owner === 'waiting';
  const verdict = byPerson || decision === null ? 'blocked' : decision.verdict;
  return {
    conversationId: row.conversation_id,
    name: row.name,
    language,
    kind: row.kind === 'order_check' ? 'payment' : row.kind,
    step: row.step,
    dueAt: iso(Number(row.due_at)),
    at: iso(decision?.verdict === 'wait' ? decision.until : at),
    verdict,
    reason: byPerson
      ? 'owned_by_person'
      : decision === null || decision.verdict === 'send'
        ? null
        : decision.reason,
    detail: decision?.verdict === 'blocked' ? decision.detail : null,
    text: !byPerson && decision?.verdict === 'send' ? decision.text : null,
    templateId: !byPerson && decision?.verdict === 'send' ? (decision.template?.id ?? null) : null,
  };
};
