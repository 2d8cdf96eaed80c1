/** Stand-ins for the engine and the read side, for the server's tests: they keep a journal and say what was delivered. */
import type { ConversationDetail, ConversationSummary, JournalView, MessageView } from '../api/schemas.ts';
import type { ConversationViews } from '../conversations/views-api.ts';
import type { AppliedStep, Delivered, EngineApi, JournalRow, Log, MailboxEvent } from '../engine/types.ts';

export interface FakeClock {
  now: () => number;
  advance: (ms: number) => void;
}

export const fakeClock = (start = Date.parse('2026-01-15T10:00:00Z')): FakeClock => {
  let at = start;
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
  };
};

/** Keeps what was logged, so that a test can look for what must not be there. */
export const fakeLog = (): Log & { readonly lines: string[] } => {
  const lines: string[] = [];
  const line = (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push(`${message} ${JSON.stringify(fields)}`);
  return { lines, debug: line, info: line, warn: line, error: line };
};

export interface FakeEngine extends EngineApi {
  readonly delivered: MailboxEvent[];
  readonly rows: Map<string, JournalRow[]>;
  /** The next calls of `deliver` reject with this; null: they work. */
  failure: unknown;
  /** Events are journaled at once unless this is off. */
  applies: boolean;
  /** Reason with which the next rows are ignored. */
  ignores: string | null;
  /** Appends a row and tells the listeners (or only the foreign ones). */
  readonly commit: (actorId: string, how?: 'here' | 'elsewhere' | 'silently', eventId?: string) => JournalRow;
  readonly tell: (rows: readonly JournalRow[]) => void;
}

export const rowOf = (
  actorId: string,
  seq: number,
  eventId = `e${seq}`,
  ignored: string | null = null,
): JournalRow => ({
  actorId,
  seq,
  at: Date.parse('2026-01-15T10:00:00Z'),
  eventId,
  cause: 'customer',
  event: { type: 'customer.message' },
  from: ['turn.idle'],
  to: ['turn.gathering'],
  guards: [],
  contextDiff: [],
  commands: [],
  timers: [],
  machineVersion: '1',
  ignored,
});

const stepOf = (row: JournalRow): AppliedStep => ({
  row,
  snapshot: {} as AppliedStep['snapshot'],
  timers: {},
  emitted: [],
});

export const fakeEngine = (): FakeEngine => {
  const delivered: MailboxEvent[] = [];
  const seen = new Set<string>();
  const rows = new Map<string, JournalRow[]>();
  const here = new Set<(steps: readonly AppliedStep[]) => void>();
  const elsewhere = new Set<(heads: readonly { actorId: string; seq: number }[]) => void>();
  const tell = (told: readonly JournalRow[]) => {
    for (const listener of here) listener(told.map(stepOf));
  };
  const engine: FakeEngine = {
    delivered,
    rows,
    failure: null,
    applies: true,
    ignores: null,
    tell,
    commit: (actorId, how = 'here', eventId) => {
      const journal = rows.get(actorId) ?? [];
      rows.set(actorId, journal);
      const row = rowOf(actorId, journal.length + 1, eventId, engine.ignores);
      journal.push(row);
      if (how === 'here') tell([row]);
      if (how === 'elsewhere') for (const listener of elsewhere) listener([{ actorId, seq: row.seq }]);
      return row;
    },
    deliver: async (events) => {
      if (engine.failure !== null) throw engine.failure;
      return events.map((event): Delivered => {
        const key = `${event.actorId} ${event.eventId}`;
        if (seen.has(key)) return 'duplicate';
        seen.add(key);
        delivered.push(event);
        if (engine.applies) engine.commit(event.actorId, 'here', event.eventId);
        return 'accepted';
      });
    },
    load: async () => null,
    journal: async (id, since, limit) =>
      (rows.get(id) ?? []).filter((row) => row.seq > since).slice(0, limit),
    snapshotAt: async () => null,
    onCommit: (listener) => {
      here.add(listener);
      return () => void here.delete(listener);
    },
    onForeignCommit: (listener) => {
      elsewhere.add(listener);
      return () => void elsewhere.delete(listener);
    },
    deadLetters: async () => ({ items: [], next: null }),
    retry: async () => false,
    discard: async () => false,
    lookAtTimers: async () => [],
    pause: async () => false,
    resume: async () => false,
    erase: async () => false,
    stats: async () => ({
      mailboxDepth: 1,
      mailboxAgeMs: 2,
      commandsWaiting: 3,
      commandsRunning: 4,
      timersArmed: 5,
      parked: 6,
    }),
    backlog: async () => 0,
    stop: async () => undefined,
  };
  return engine;
};

export const summaryOf = (id: string, seq: number): ConversationSummary => ({
  id,
  channelId: 'c1',
  chatId: '15555550142',
  name: 'Alex',
  phone: '15555550142',
  language: 'en',
  owner: 'bot',
  ownerName: null,
  states: ['turn.idle'],
  stateLabel: 'Waiting',
  lastMessage: null,
  waitingSince: null,
  unanswered: 0,
  windowClosesAt: '2026-01-16T10:00:00.000Z',
  nextTimer: null,
  seq,
  machineVersion: '1',
  parked: null,
  paused: false,
  createdAt: '2026-01-15T09:00:00.000Z',
  updatedAt: '2026-01-15T10:00:00.000Z',
});

export const detailOf = (id: string, seq: number, allowedEvents: readonly string[]): ConversationDetail => ({
  ...summaryOf(id, seq),
  value: { turn: 'idle' },
  context: { lines: [] },
  allowedEvents,
  customer: { name: 'Alex', phone: '15555550142', crmContactId: null, kind: 'new', slots: [] },
  order: { lines: [], subtotal: null },
  timers: [],
  sale: { stage: 'exploring', quote: null, history: [], consent: { status: 'not_asked', at: null } },
  cost: { calls: 0, promptTokens: 0, completionTokens: 0, usd: '0.00' },
});

export const journalViewOf = (row: JournalRow): JournalView => ({
  seq: row.seq,
  at: new Date(row.at).toISOString(),
  cause: row.cause,
  event: { type: row.event.type, data: {} },
  title: 'The customer wrote',
  importance: 1,
  from: row.from,
  to: row.to,
  guards: [],
  contextDiff: [],
  commands: [],
  timers: [],
  machineVersion: row.machineVersion,
  ignored: row.ignored,
});

export interface FakeViews extends Omit<ConversationViews, 'list'> {
  list: ConversationViews['list'];
  allowed: readonly string[];
  windowClosesAt: string | null;
  messagesOf: (id: string, seq: number) => readonly MessageView[];
  summaryReads: number;
}

/** Reads what the fake engine has journaled: a conversation exists when it has a row. */
export const fakeViews = (engine: FakeEngine): FakeViews => {
  const head = (id: string) => engine.rows.get(id)?.length ?? 0;
  const views: FakeViews = {
    allowed: ['manager.takeOver', 'manager.note', 'manager.reply'],
    windowClosesAt: '2026-01-16T10:00:00.000Z',
    messagesOf: () => [],
    summaryReads: 0,
    list: async () => ({ items: [...engine.rows.keys()].map((id) => summaryOf(id, head(id))), next: null }),
    counts: async () => ({ all: engine.rows.size, needs: 0, bot: 0, customer: 0, stuck: 0, max: 1000 }),
    summaries: async (ids) => {
      views.summaryReads += 1;
      return ids.filter((id) => head(id) > 0).map((id) => summaryOf(id, head(id)));
    },
    detail: async (id) =>
      head(id) === 0
        ? null
        : { ...detailOf(id, head(id), views.allowed), windowClosesAt: views.windowClosesAt },
    messages: async (id) => (head(id) === 0 ? null : { items: [], next: null }),
    messagesSince: async (id, seq) => views.messagesOf(id, seq),
    journal: async (id, since, limit) => {
      if (head(id) === 0) return null;
      const rows = await engine.journal(id, since, limit);
      return { items: rows.map(journalViewOf), next: null };
    },
    journalView: journalViewOf,
    snapshotAt: async (id, seq) => (seq <= head(id) ? { value: 'idle', context: { seq } } : null),
    machine: async (id) =>
      id === 'conversation' ? { id, version: '1', states: [], transitions: [], counts: {} } : null,
    machines: () => [{ id: 'conversation', version: '1' }],
  };
  return views;
};
