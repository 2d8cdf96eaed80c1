/** Reads conversations for the API, the live stream and the admin. Every query is one index range or one row. */
import type pg from 'pg';
import type { ConversationContext } from '../../machines/conversation/context.ts';
import { CONVERSATION_VERSION, conversationMachine } from '../../machines/conversation/machine.ts';
import type { ConversationDetail, ConversationSummary, MachineView, MessageView } from '../api/schemas.ts';
import type { Clock, EngineApi, StoredActor } from '../engine/types.ts';
import type { MediaSigner } from '../server/media.ts';
import { allowedEvents } from './allowed-events.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { journalView } from './journal-view.ts';
import { shownTimers, timerLabel } from './labels.ts';
import { countConversations, listConversations } from './list-conversations.ts';
import { statesOf, transitionsOf } from './machine-graph.ts';
import {
  type ConversationRow,
  iso,
  type MessageRow,
  messageView,
  money,
  type OwnLink,
  SUMMARY_SELECT,
  summaryView,
} from './rows.ts';
import { saleView } from './sale-view.ts';
import type { ConversationViews, Page } from './views-api.ts';

export interface ViewsOptions {
  readonly pool: pg.Pool;
  readonly engine: Pick<EngineApi, 'load' | 'journal' | 'snapshotAt'>;
  readonly clock: Clock;
  readonly links: Pick<MediaSigner, 'sign'>;
}

const DAY_MS = 24 * 3_600_000;

/** Good until the end of the next day: a page that is read again shows the same link, and its pictures stay. */
const ownLinks =
  ({ clock, links }: Pick<ViewsOptions, 'clock' | 'links'>): OwnLink =>
  (path) => {
    const link = links.sign(path, 2 * DAY_MS - (clock.now() % DAY_MS));
    // The admin is served from here, under whatever name it was reached by.
    return link.slice(link.indexOf('/media/'));
  };

export const makeConversationViews = (options: ViewsOptions): ConversationViews => {
  const { pool, engine, clock } = options;
  const ownLink = ownLinks(options);
  const toView = (row: MessageRow): MessageView => messageView(row, ownLink);
  const summaryOf = async (id: string): Promise<ConversationSummary | null> => {
    const { rows } = await pool.query<ConversationRow>(`${SUMMARY_SELECT} where c.conversation_id = $1`, [
      id,
    ]);
    return rows[0] ? summaryView(rows[0]) : null;
  };

  const exists = async (id: string): Promise<boolean> => {
    const { rowCount } = await pool.query('select 1 from conversation where conversation_id = $1', [id]);
    return rowCount === 1;
  };

  return {
    list: (query) => listConversations(pool, query, clock.now()),
    counts: () => countConversations(pool, clock.now()),
    summaries: async (ids) => {
      const { rows } = await pool.query<ConversationRow>(
        `${SUMMARY_SELECT} where c.conversation_id = any($1)`,
        [ids],
      );
      return rows.map(summaryView);
    },
    detail: async (id) => {
      const [summary, actor] = await Promise.all([summaryOf(id), engine.load(id)]);
      return summary && actor ? detailView(summary, actor, clock.now()) : null;
    },
    messages: (id, limit, cursor) => listMessages(pool, toView, exists, id, limit, cursor),
    messagesSince: async (id, seq) => {
      const { rows } = await pool.query<MessageRow>(
        'select * from message where conversation_id = $1 and changed_seq >= $2 order by at, message_id',
        [id, seq],
      );
      return rows.map(toView);
    },
    journal: async (id, since, limit) => {
      const rows = await engine.journal(id, since, limit + 1);
      if (rows.length === 0 && !(await exists(id))) return null;
      const items = rows.slice(0, limit).map(journalView);
      return { items, next: rows.length > limit ? String(items.at(-1)?.seq) : null };
    },
    journalView,
    snapshotAt: (id, seq) => engine.snapshotAt(id, seq),
    machine: (id) => (id === conversationMachine.id ? machineView(pool) : Promise.resolve(null)),
    machines: () => [{ id: conversationMachine.id, version: CONVERSATION_VERSION }],
  };
};

const listMessages = async (
  pool: pg.Pool,
  toView: (row: MessageRow) => MessageView,
  exists: (id: string) => Promise<boolean>,
  id: string,
  limit: number,
  cursor: string | undefined,
): Promise<Page<MessageView> | null> => {
  const values: unknown[] = [id, limit + 1];
  if (cursor) values.push(...decodeCursor(cursor));
  const { rows } = await pool.query<MessageRow>(
    `select * from message where conversation_id = $1 ${cursor ? 'and (at, message_id) < ($3::bigint, $4)' : ''}
     order by at desc, message_id desc limit $2`,
    values,
  );
  if (rows.length === 0 && !(await exists(id))) return null;
  const page = rows.slice(0, limit);
  const oldest = page.at(-1);
  return {
    items: page.reverse().map(toView),
    next: rows.length > limit && oldest ? encodeCursor([Number(oldest.at), oldest.message_id]) : null,
  };
};

const detailView = (summary: ConversationSummary, actor: StoredActor, now: number): ConversationDetail => {
  const context = actor.snapshot.context as ConversationContext;
  return {
    ...summary,
    value: actor.snapshot.value,
    context,
    allowedEvents: allowedEvents(actor.snapshot, now),
    customer: {
      name: summary.name,
      phone: summary.phone,
      crmContactId: context.customer.crmContactId,
      kind: context.customer.kind,
      slots: Object.entries(context.slots).map(([slot, fact]) => ({
        slot,
        value: fact.value,
        source: fact.source,
      })),
    },
    order: {
      lines: context.order.lines.map((line) => ({
        sku: line.sku,
        name: line.name,
        quantity: line.quantity,
        unitPrice: money(line.unitPrice, line.currency),
        lineTotal: money(line.lineTotal, line.currency),
      })),
      subtotal: money(context.order.subtotal, context.order.currency),
    },
    sale: saleView(context),
    timers: shownTimers(actor.timers).map((timer) => ({
      id: timer.id,
      label: timerLabel(timer.id),
      at: iso(timer.at),
    })),
    cost: context.usage,
  };
};

const machineView = async (pool: pg.Pool): Promise<MachineView> => {
  const { rows } = await pool.query<{ state: string; count: number }>(
    'select state, count(*)::int as count from conversation, unnest(states) as state group by state',
  );
  return {
    id: conversationMachine.id,
    version: CONVERSATION_VERSION,
    states: statesOf(conversationMachine).map(({ importance: _, ...state }) => state),
    transitions: transitionsOf(conversationMachine).map((transition) => ({
      ...transition,
      label: transition.event.startsWith('xstate.after.') ? timerLabel(transition.event) : transition.event,
    })),
    counts: Object.fromEntries(rows.map((row) => [row.state, row.count])),
  };
};
