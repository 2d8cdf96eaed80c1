import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveFrame } from '../api/schemas.ts';
import { makePresence } from './presence.ts';
import type { PresenceLink, PresenceNews } from './presence-link.ts';
import { PRESENCE_BEAT_MS, PRESENCE_TTL_MS, WRITING_TTL_MS } from './protocol.ts';

const ID = 'wz:c1:15555550142';

/** Replicas on one wire, which can be cut. */
const wire = () => {
  const listeners = new Map<string, (news: PresenceNews) => void>();
  const link = (replica: string): PresenceLink => ({
    replica,
    publish: (news) => {
      for (const [to, hear] of listeners) if (to !== replica && listeners.has(replica)) hear(news);
    },
    onNews: (listener) => {
      listeners.set(replica, listener);
      return () => void listeners.delete(replica);
    },
  });
  return { link, cut: (replica: string) => void listeners.delete(replica) };
};

const watcher = () => {
  const frames: LiveFrame[] = [];
  return { frame: (frame: LiveFrame) => void frames.push(frame), seen: () => frames.at(-1)?.data, frames };
};

describe('presence on two replicas', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const setup = () => {
    const net = wire();
    const [a, b] = [makePresence(net.link('a')), makePresence(net.link('b'))];
    const [aisha, omar] = [watcher(), watcher()];
    a.join(ID, aisha, 'Aisha');
    b.join(ID, omar, 'Omar');
    return { net, a, b, aisha, omar };
  };
  const both = { viewers: ['Aisha', 'Omar'], writing: [] };

  it('shows each who looks on the other, whoever came first', () => {
    const { aisha, omar } = setup();
    expect([aisha.seen(), omar.seen()]).toEqual([both, both]);
  });

  it('shows who writes there, until it ends', () => {
    const { b, omar, aisha } = setup();
    b.writing(ID, omar, true);
    expect(aisha.seen()).toEqual({ ...both, writing: ['Omar'] });
    vi.advanceTimersByTime(WRITING_TTL_MS);
    expect(aisha.seen()).toEqual(both);
  });

  it('forgets who left, and says nothing of conversations that nobody looks at here', () => {
    const { a, b, omar, aisha } = setup();
    b.leave(ID, omar);
    expect(aisha.seen()).toEqual({ viewers: ['Aisha'], writing: [] });
    const other = watcher();
    a.join('wz:c1:2', other, 'Aisha');
    expect(omar.frames.every(({ topic }) => topic === `conversation:${ID}`)).toBe(true);
  });

  it('forgets a replica that died, and keeps one that lives', () => {
    const { net, aisha } = setup();
    vi.advanceTimersByTime(PRESENCE_TTL_MS * 2);
    expect(aisha.seen()).toEqual(both);
    net.cut('b');
    vi.advanceTimersByTime(PRESENCE_TTL_MS + PRESENCE_BEAT_MS);
    expect(aisha.seen()).toEqual({ viewers: ['Aisha'], writing: [] });
  });

  it('without a link shows this replica alone', () => {
    const alone = makePresence();
    const aisha = watcher();
    alone.join(ID, aisha, 'Aisha');
    expect(aisha.seen()).toEqual({ viewers: ['Aisha'], writing: [] });
    alone.stop();
  });
});
