import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Principal } from '../api/access.ts';
import type { MessageView, TypingView } from '../api/schemas.ts';
import { makeMetrics } from '../server/metrics.ts';
import { fakeClock, fakeEngine, fakeLog, fakeViews, rowOf } from '../server/test-fakes.ts';
import { type LiveSocket, makeLiveHub } from './hub.ts';
import { MAX_MESSAGES_PER_SECOND, MAX_REPLAY_ROWS, MAX_TOPICS_PER_CLIENT } from './protocol.ts';

const ID = 'wz:c1:15555550142';

interface Frame {
  readonly topic?: string;
  readonly type: string;
  readonly seq?: number;
  readonly data?: unknown;
  readonly error?: { readonly code: string };
  readonly pong?: number;
}

const principal = (name: string, sessionHash: string | null = null): Principal => ({
  kind: 'session',
  id: name,
  email: `${name}@example.test`,
  name,
  role: 'manager',
  csrfToken: null,
  sessionHash,
});

const setup = () => {
  const engine = fakeEngine();
  const views = fakeViews(engine);
  const clock = fakeClock();
  const metrics = makeMetrics();
  let type: (id: string, typing: TypingView) => void = () => undefined;
  const hub = makeLiveHub({
    engine,
    typing: {
      onTyping: (listener) => {
        type = listener;
        return () => undefined;
      },
    },
    views,
    clock,
    metrics,
    log: fakeLog(),
    numbers: async () => ({ mailboxDepth: 1 }),
  });
  const connect = (name = 'Aisha', sessionHash: string | null = null) => {
    const frames: Frame[] = [];
    const state = { closed: null as number | null, buffered: 0 };
    const socket: LiveSocket = {
      send: (text) => {
        if (state.closed !== null) throw new Error('sent after close');
        frames.push(JSON.parse(text));
      },
      bufferedBytes: () => state.buffered,
      close: (code) => {
        state.closed = code;
      },
    };
    const client = hub.connect(socket, principal(name, sessionHash));
    if (!client) throw new Error('refused');
    const say = (message: unknown) => client.received(JSON.stringify(message));
    const seqs = (type = 'transition') => frames.filter((f) => f.type === type).map((f) => f.seq);
    return { frames, state, client, say, seqs };
  };
  const typing = (id: string, text: string) => type(id, { text, done: text === '' });
  return { engine, views, clock, metrics, hub, connect, typing };
};

const settle = () => vi.advanceTimersByTimeAsync(5);

describe('the live hub', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('starts with a snapshot and follows with every transition', async () => {
    const { engine, connect } = setup();
    engine.commit(ID);
    const { say, frames, seqs } = connect();
    say({ subscribe: `conversation:${ID}` });
    await settle();
    engine.commit(ID);
    engine.commit(ID);
    await settle();
    expect(frames[0]).toMatchObject({ type: 'snapshot', seq: 1 });
    expect(seqs()).toEqual([2, 3]);
  });

  it('replays what a returning client missed, then goes on live', async () => {
    const { engine, connect } = setup();
    for (let n = 0; n < 250; n += 1) engine.commit(ID);
    const { say, seqs } = connect();
    say({ subscribe: `conversation:${ID}`, since: 3 });
    await settle();
    engine.commit(ID);
    await settle();
    expect(seqs()).toEqual(Array.from({ length: 248 }, (_, n) => n + 4));
  });

  it('keeps the order without holes when commits land while the start is read', async () => {
    const { engine, connect } = setup();
    engine.commit(ID);
    const { say, seqs } = connect();
    say({ subscribe: `conversation:${ID}`, since: 0 });
    engine.commit(ID);
    engine.commit(ID, 'elsewhere');
    await Promise.resolve();
    engine.commit(ID);
    await settle();
    expect(seqs()).toEqual([1, 2, 3, 4]);
  });

  it('fetches rows that another replica committed', async () => {
    const { engine, connect } = setup();
    engine.commit(ID);
    const { say, seqs } = connect();
    say({ subscribe: `conversation:${ID}`, since: 1 });
    await settle();
    engine.commit(ID, 'silently');
    engine.commit(ID, 'elsewhere');
    await settle();
    expect(seqs()).toEqual([2, 3]);
  });

  it('heals a hole: a row that arrives early waits for the ones before it', async () => {
    const { engine, connect } = setup();
    engine.commit(ID);
    const { say, seqs } = connect();
    say({ subscribe: `conversation:${ID}`, since: 1 });
    await settle();
    engine.commit(ID, 'silently');
    engine.commit(ID, 'here');
    await settle();
    expect(seqs()).toEqual([2, 3]);
  });

  it('sends no row twice when a commit is told again', async () => {
    const { engine, connect } = setup();
    const row = engine.commit(ID);
    const { say, seqs } = connect();
    say({ subscribe: `conversation:${ID}`, since: 0 });
    await settle();
    engine.tell([row]);
    engine.commit(ID);
    await settle();
    expect(seqs()).toEqual([1, 2]);
  });

  it('says gap after too long an absence and goes on from the head', async () => {
    const { engine, connect } = setup();
    for (let n = 0; n < MAX_REPLAY_ROWS + 2; n += 1) engine.commit(ID);
    const { say, frames, seqs } = connect();
    say({ subscribe: `conversation:${ID}`, since: 1 });
    await settle();
    engine.commit(ID);
    await settle();
    expect(frames.find((f) => f.type === 'gap')).toMatchObject({
      seq: MAX_REPLAY_ROWS + 2,
      data: { expected: 2 },
    });
    expect(seqs()).toEqual([MAX_REPLAY_ROWS + 3]);
  });

  it('says gap to a client that has seen more than there is', async () => {
    const { engine, connect } = setup();
    engine.commit(ID);
    const { say, seqs } = connect();
    say({ subscribe: `conversation:${ID}`, since: 99 });
    await settle();
    expect(seqs('gap')).toEqual([1]);
  });

  it('reads the journal again after a failure instead of leaving a hole', async () => {
    const { engine, connect } = setup();
    engine.commit(ID);
    const { say, seqs } = connect();
    say({ subscribe: `conversation:${ID}`, since: 1 });
    await settle();
    const journal = engine.journal;
    Object.assign(engine, { journal: async () => Promise.reject(new Error('database away')) });
    engine.commit(ID, 'elsewhere');
    await settle();
    expect(seqs()).toEqual([]);
    Object.assign(engine, { journal });
    await vi.advanceTimersByTimeAsync(1100);
    expect(seqs()).toEqual([2]);
  });

  it('sends messages after the transition that made them, and to each client once', async () => {
    const { engine, views, connect } = setup();
    engine.commit(ID);
    const reads: number[] = [];
    views.messagesOf = (id, seq) => {
      reads.push(seq);
      return [{ id: `m${seq}`, conversationId: id, seq } as MessageView];
    };
    const early = connect();
    early.say({ subscribe: `conversation:${ID}`, since: 1 });
    await settle();
    engine.commit(ID);
    await settle();
    const late = connect('Omar');
    late.say({ subscribe: `conversation:${ID}`, since: 0 });
    await settle();
    expect(early.frames.filter((f) => f.type !== 'presence').map((f) => f.type)).toEqual([
      'transition',
      'message',
    ]);
    expect(late.seqs('message')).toEqual([2]);
    expect(reads).toEqual([2, 1]);
  });

  it('shows what the model writes to those who watch this conversation, outside the sequence', async () => {
    const { engine, connect, typing } = setup();
    engine.commit(ID);
    engine.commit('wz:c1:15555550143');
    const here = connect();
    const elsewhere = connect('Omar');
    here.say({ subscribe: `conversation:${ID}` });
    elsewhere.say({ subscribe: 'conversation:wz:c1:15555550143' });
    await settle();
    typing(ID, 'Yes, we');
    engine.commit(ID);
    typing(ID, '');
    await settle();
    expect(here.frames.filter((f) => f.type === 'typing')).toEqual([
      { topic: `conversation:${ID}`, type: 'typing', seq: 0, data: { text: 'Yes, we', done: false } },
      { topic: `conversation:${ID}`, type: 'typing', seq: 0, data: { text: '', done: true } },
    ]);
    expect(here.seqs()).toEqual([2]);
    expect(elsewhere.frames.map((f) => f.type)).not.toContain('typing');
    here.say({ unsubscribe: `conversation:${ID}` });
    typing(ID, 'more');
    expect(here.frames.filter((f) => f.type === 'typing')).toHaveLength(2);
  });

  it('refuses an unknown conversation and an unknown topic, and keeps the connection', async () => {
    const { connect } = setup();
    const { say, frames, state } = connect();
    say({ subscribe: 'conversation:wz:c1:nobody' });
    say({ subscribe: 'weather' });
    say({ subscribe: 'phone:15555550142' });
    await settle();
    expect(frames.map((f) => f.error?.code).sort()).toEqual(['not_found', 'unknown_topic', 'unknown_topic']);
    expect(state.closed).toBeNull();
  });

  it('gathers changes of the list for a moment and sends one summary per conversation', async () => {
    const { engine, views, connect } = setup();
    engine.commit(ID);
    const { say, frames } = connect();
    say({ subscribe: 'conversations' });
    await settle();
    for (let n = 0; n < 20; n += 1) engine.commit(ID);
    engine.commit('wz:c1:15555550199', 'elsewhere');
    await vi.advanceTimersByTimeAsync(150);
    expect(frames[0]).toMatchObject({ topic: 'conversations', type: 'snapshot' });
    expect(frames.slice(1).map((f) => [f.type, f.seq])).toEqual([
      ['transition', 21],
      ['transition', 1],
    ]);
    expect(views.summaryReads).toBe(1);
  });

  it('shows who looks and who writes, and forgets a writer who falls silent', async () => {
    const { engine, connect } = setup();
    engine.commit(ID);
    const topic = `conversation:${ID}`;
    const a = connect('Aisha');
    const b = connect('Omar');
    a.say({ subscribe: topic });
    await settle();
    b.say({ subscribe: topic });
    await settle();
    b.say({ presence: topic, writing: true });
    const last = () => a.frames.filter((f) => f.type === 'presence').at(-1)?.data;
    expect(last()).toEqual({ viewers: ['Aisha', 'Omar'], writing: ['Omar'] });
    await vi.advanceTimersByTimeAsync(6100);
    expect(last()).toEqual({ viewers: ['Aisha', 'Omar'], writing: [] });
    b.client.closed();
    expect(last()).toEqual({ viewers: ['Aisha'], writing: [] });
  });

  it('drops a slow client and nobody else', async () => {
    const { engine, metrics, hub, connect } = setup();
    engine.commit(ID);
    const slow = connect('Slow');
    const quick = connect('Quick');
    for (const client of [slow, quick]) client.say({ subscribe: `conversation:${ID}`, since: 1 });
    await settle();
    slow.state.buffered = 2 * 1024 * 1024;
    engine.commit(ID);
    await settle();
    expect(slow.state.closed).toBe(1013);
    expect(quick.seqs()).toEqual([2]);
    expect(hub.connections()).toBe(1);
    expect(metrics.value('treejar_live_dropped_total', { reason: 'too_slow' })).toBe(1);
  });

  it('limits topics and messages of one client', async () => {
    const { connect, clock } = setup();
    const many = connect();
    for (let n = 0; n <= MAX_TOPICS_PER_CLIENT; n += 1) {
      clock.advance(100);
      many.say({ subscribe: `conversation:wz:c1:${n}` });
    }
    expect(many.frames.map((f) => f.error?.code)).toContain('too_many_topics');
    const chatty = connect();
    for (let n = 0; n <= MAX_MESSAGES_PER_SECOND; n += 1) chatty.say({ ping: n });
    expect(chatty.state.closed).toBe(1008);
    expect(chatty.frames.at(-1)).toEqual({ type: 'pong', pong: MAX_MESSAGES_PER_SECOND - 1 });
  });

  it('survives nonsense', () => {
    const { connect } = setup();
    const { client, frames } = connect();
    for (const text of ['', '{', 'null', '[]', '{"subscribe":5}', '{"subscribe":"x","since":-1}'])
      client.received(text);
    expect(frames.map((f) => f.error?.code)).toEqual(Array(6).fill('bad_message'));
  });

  it('stops sending after unsubscribing, and a quick return starts anew from its place', async () => {
    const { engine, connect } = setup();
    engine.commit(ID);
    const topic = `conversation:${ID}`;
    const { say, seqs } = connect();
    say({ subscribe: topic, since: 1 });
    say({ unsubscribe: topic });
    say({ subscribe: topic, since: 0 });
    await settle();
    expect(seqs()).toEqual([1]);
    say({ unsubscribe: topic });
    engine.commit(ID);
    await settle();
    expect(seqs()).toEqual([1]);
  });

  it('tells the numbers every two seconds while somebody looks', async () => {
    const { connect } = setup();
    const { say, seqs } = connect();
    say({ subscribe: 'metrics' });
    await vi.advanceTimersByTimeAsync(4100);
    expect(seqs('metrics')).toHaveLength(3);
  });

  it('ends the sockets of ended sessions, and all of them with 1001 when it stops', async () => {
    const { hub, engine, connect } = setup();
    const gone = connect('Gone', 'h1');
    const here = connect('Here', 'h2');
    hub.endSessions((hash) => hash === 'h1');
    expect(gone.state.closed).toBe(4401);
    hub.stop();
    expect(here.state.closed).toBe(1001);
    expect(
      hub.connect({ send: () => {}, bufferedBytes: () => 0, close: () => {} }, principal('x')),
    ).toBeNull();
    engine.tell([rowOf(ID, 1)]);
  });
});
