import { describe, expect, it } from 'vitest';
import type { AppliedStep, EngineApi, JournalRow, StoredActor } from '../engine/types.ts';
import { makeFollower } from './follower.ts';

const ID = 'wz:c1:971500000101';

/** A journal that can be written to, as the engine tells of it. */
const journalOf = () => {
  const rows = new Map<string, JournalRow[]>();
  const here = new Set<(steps: readonly AppliedStep[]) => void>();
  const away = new Set<(heads: readonly { actorId: string; seq: number }[]) => void>();
  const count = (id: string): number => rows.get(id)?.length ?? 0;
  const write = (id: string, told: 'here' | 'away' | 'nobody' = 'nobody'): void => {
    const seq = count(id) + 1;
    const row = {
      actorId: id,
      seq,
      at: 1000 * seq,
      event: { type: `e${seq}` },
      contextDiff: [{ op: 'replace', path: '/context/n', value: seq }],
    } as unknown as JournalRow;
    rows.set(id, [...(rows.get(id) ?? []), row]);
    if (told === 'here') for (const listener of here) listener([{ row } as AppliedStep]);
    if (told === 'away') for (const listener of away) listener([{ actorId: id, seq }]);
  };
  const subscribe = <T>(listeners: Set<T>, listener: T) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const engine: Pick<EngineApi, 'load' | 'journal' | 'snapshotAt' | 'onCommit' | 'onForeignCommit'> = {
    load: async (id) =>
      count(id) === 0 ? null : ({ kind: 'conversation', version: count(id) } as unknown as StoredActor),
    journal: async (id, since, limit) =>
      (rows.get(id) ?? []).filter(({ seq }) => seq > since).slice(0, limit),
    snapshotAt: async (id, seq) => (seq > count(id) ? null : { value: 'idle', context: { n: seq } }),
    onCommit: (listener) => subscribe(here, listener),
    onForeignCommit: (listener) => subscribe(away, listener),
  };
  return { engine, write, listeners: () => here.size + away.size };
};

interface Sent {
  readonly type: string;
  readonly event?: { readonly type: string };
  readonly snapshot?: { readonly context: unknown };
}

const following = () => {
  const journal = journalOf();
  const sent: Sent[] = [];
  const troubles: unknown[] = [];
  const follower = makeFollower({
    engine: journal.engine,
    kind: 'conversation',
    definition: '{}',
    nameOf: () => '#someone',
    send: (frame) => sent.push(frame as Sent),
    onTrouble: (error) => troubles.push(error),
  });
  const events = () => sent.filter(({ type }) => type === '@xstate.snapshot').map(({ event }) => event?.type);
  const settled = async (wanted: number): Promise<void> => {
    await expect.poll(() => events().length).toBe(wanted);
  };
  return { ...journal, follower, sent, troubles, events, settled };
};

describe('an inspector that follows a conversation', () => {
  it('is told what led here, then each step once and in order, wherever it was committed', async () => {
    const { follower, write, sent, events, settled, troubles } = following();
    for (let step = 0; step < 3; step += 1) write(ID);
    expect(await follower.follow(ID)).toBe(true);
    write(ID, 'here');
    write(ID, 'nobody');
    write(ID, 'away');
    await settled(5);
    expect(events()).toEqual(['e2', 'e3', 'e4', 'e5', 'e6']);
    expect(sent[0]).toMatchObject({
      type: '@xstate.actor',
      name: 'conversation',
      snapshot: { context: { n: 1 } },
    });
    expect(sent.at(-1)?.snapshot?.context).toEqual({ n: 6 });
    expect(JSON.stringify(sent)).not.toContain('97150');
    expect(troubles).toEqual([]);
  });

  it('is told at most the last fifty steps of the past', async () => {
    const { follower, write, events, settled } = following();
    for (let step = 0; step < 80; step += 1) write(ID);
    await follower.follow(ID);
    await settled(50);
    expect(events()[0]).toBe('e31');
  });

  it('takes up those that begin, and nobody who was there before', async () => {
    const { follower, write, settled, sent } = following();
    write('wz:c1:old');
    follower.followNew();
    write('wz:c1:old', 'here');
    write(ID, 'here');
    write(ID, 'away');
    await settled(1);
    expect(sent.filter(({ type }) => type === '@xstate.actor')).toHaveLength(1);
  });

  it('knows nothing of strangers, and leaves no listener behind', async () => {
    const { follower, write, listeners, sent } = following();
    expect(await follower.follow('wz:c1:nobody')).toBe(false);
    follower.stop();
    write(ID, 'here');
    expect([listeners(), sent]).toEqual([0, []]);
  });
});
