import { describe, expect, it } from 'vitest';
import { BACKOFF_BASE_MS, BACKOFF_CAP_MS, backoffMs } from './backoff.ts';
import {
  type LiveStatus,
  makeLiveClient,
  PING_EVERY_MS,
  SILENCE_LIMIT_MS,
  type SocketLike,
} from './live-client.ts';

interface FakeSocket extends SocketLike {
  readonly sent: unknown[];
  closed: boolean;
}

/** Timers that run when the test says so, in due order. */
const fakeTimers = () => {
  let now = 0;
  let nextId = 1;
  const timers = new Map<number, { due: number; run: () => void }>();
  return {
    setTimeout: (run: () => void, ms: number): number => {
      const id = nextId++;
      timers.set(id, { due: now + ms, run });
      return id;
    },
    clearTimeout: (id: number): void => {
      timers.delete(id);
    },
    advance: (ms: number): void => {
      const until = now + ms;
      for (;;) {
        const due = [...timers]
          .filter(([, timer]) => timer.due <= until)
          .sort((a, b) => a[1].due - b[1].due)[0];
        if (!due) break;
        timers.delete(due[0]);
        now = due[1].due;
        due[1].run();
      }
      now = until;
    },
  };
};

const setup = () => {
  const timers = fakeTimers();
  const sockets: FakeSocket[] = [];
  const statuses: LiveStatus[] = [];
  const refused = { count: 0 };
  const live = makeLiveClient({
    connect: () => {
      const sent: unknown[] = [];
      const socket: FakeSocket = {
        sent,
        closed: false,
        onopen: null,
        onclose: null,
        onmessage: null,
        send: (text) => {
          sent.push(JSON.parse(text));
        },
        close: () => {
          socket.closed = true;
        },
      };
      sockets.push(socket);
      return socket;
    },
    random: () => 0.5,
    setTimeout: timers.setTimeout,
    clearTimeout: timers.clearTimeout,
    onStatus: (status) => statuses.push(status),
    onRefused: () => {
      refused.count += 1;
    },
  });
  const socket = (index: number): FakeSocket => {
    const found = sockets[index];
    if (!found) throw new Error(`no socket ${index} was opened`);
    return found;
  };
  return { timers, sockets, socket, statuses, refused, live };
};

const quiet = { onFrame: () => {}, onGap: () => {} };

describe('the live client', () => {
  it('subscribes on opening, with what the subscriber has seen', () => {
    const { live, socket } = setup();
    live.subscribe({ topic: 'conversation:a', since: () => 7, ...quiet });
    live.subscribe({ topic: 'conversations', ...quiet });
    live.start();
    expect(socket(0).sent).toEqual([]);
    socket(0).onopen?.();
    expect(socket(0).sent).toEqual([
      { subscribe: 'conversation:a', since: 7 },
      { subscribe: 'conversations' },
    ]);
  });

  it('gives a frame to the subscriber of its topic alone and survives nonsense', () => {
    const { live, socket } = setup();
    const seen: number[] = [];
    live.subscribe({ topic: 'metrics', onFrame: (frame) => seen.push(frame.seq), onGap: () => {} });
    live.start();
    socket(0).onopen?.();
    for (const data of ['{"topic":"metrics","type":"metrics","seq":3,"data":{}}', 'nonsense', '[]', 'null']) {
      socket(0).onmessage?.({ data });
    }
    socket(0).onmessage?.({ data: '{"topic":"other","type":"metrics","seq":4,"data":{}}' });
    expect(seen).toEqual([3]);
  });

  it('reconnects with back-off, subscribes from where the subscriber stands now, and asks it to fetch', () => {
    const { live, socket, sockets, timers, statuses } = setup();
    let seen = 3;
    let gaps = 0;
    live.subscribe({
      topic: 'conversation:a',
      since: () => seen,
      onFrame: () => {},
      onGap: () => {
        gaps += 1;
      },
    });
    live.start();
    socket(0).onopen?.();
    expect(gaps).toBe(0);
    seen = 9;
    socket(0).onclose?.();
    expect(statuses.at(-1)).toBe('offline');
    timers.advance(backoffMs(0, 0.5) - 1);
    expect(sockets).toHaveLength(1);
    timers.advance(1);
    socket(1).onopen?.();
    expect(socket(1).sent).toEqual([{ subscribe: 'conversation:a', since: 9 }]);
    expect(gaps).toBe(1);
    expect(statuses.at(-1)).toBe('open');
  });

  it('asks whether the session still stands when a connection is refused, not when an open one breaks', () => {
    const { live, socket, timers, refused } = setup();
    live.start();
    socket(0).onopen?.();
    socket(0).onclose?.();
    expect(refused.count).toBe(0);
    timers.advance(BACKOFF_CAP_MS);
    socket(1).onclose?.();
    expect(refused.count).toBe(1);
  });

  it('tells the subscriber of a gap', () => {
    const { live, socket } = setup();
    let gaps = 0;
    live.subscribe({
      topic: 'conversation:a',
      onFrame: () => {
        throw new Error('a gap is not a frame');
      },
      onGap: () => {
        gaps += 1;
      },
    });
    live.start();
    socket(0).onopen?.();
    socket(0).onmessage?.({ data: '{"topic":"conversation:a","type":"gap","seq":9,"data":{"expected":4}}' });
    expect(gaps).toBe(1);
  });

  it('passes a refusal on, with its reason, and never as a frame', () => {
    const { live, socket } = setup();
    const reasons: string[] = [];
    live.subscribe({
      topic: 'conversation:a',
      onFrame: () => {
        throw new Error('a refusal is not a frame');
      },
      onGap: () => {},
      onRefused: (message) => reasons.push(message),
    });
    live.start();
    socket(0).onopen?.();
    const error = { code: 'not_found', message: 'There is no such conversation.' };
    socket(0).onmessage?.({ data: JSON.stringify({ topic: 'conversation:a', type: 'error', error }) });
    expect(reasons).toEqual([error.message]);
  });

  it('drops a connection that has gone silent, and keeps one that answers pings', () => {
    const { live, socket, sockets, timers } = setup();
    live.start();
    socket(0).onopen?.();
    for (let round = 0; round < 5; round += 1) {
      timers.advance(PING_EVERY_MS);
      expect(socket(0).sent.at(-1)).toEqual({ ping: round + 1 });
      socket(0).onmessage?.({ data: `{"pong":${round + 1}}` });
    }
    expect(sockets).toHaveLength(1);
    timers.advance(SILENCE_LIMIT_MS + BACKOFF_CAP_MS);
    expect(socket(0).closed).toBe(true);
    expect(sockets.length).toBeGreaterThan(1);
  });

  it('unsubscribes, and does not unsubscribe a newer subscriber of the topic', () => {
    const { live, socket } = setup();
    live.start();
    socket(0).onopen?.();
    const leave = live.subscribe({ topic: 'conversation:a', ...quiet });
    live.subscribe({ topic: 'conversation:a', ...quiet });
    leave();
    expect(socket(0).sent).not.toContainEqual({ unsubscribe: 'conversation:a' });
  });

  it('stays quiet once stopped', () => {
    const { live, socket, sockets, timers } = setup();
    live.start();
    socket(0).onopen?.();
    live.stop();
    timers.advance(10 * BACKOFF_CAP_MS);
    expect(sockets).toHaveLength(1);
    expect(socket(0).closed).toBe(true);
  });
});

describe('the back-off', () => {
  it('grows to its cap and never falls under half of its step', () => {
    expect(backoffMs(0, 0)).toBe(BACKOFF_BASE_MS / 2);
    expect(backoffMs(2, 1)).toBe(BACKOFF_BASE_MS * 4);
    expect(backoffMs(50, 1)).toBe(BACKOFF_CAP_MS);
    expect(backoffMs(50, 0)).toBe(BACKOFF_CAP_MS / 2);
  });
});
