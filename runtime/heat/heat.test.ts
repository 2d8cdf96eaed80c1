import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { makeHeatKeeper } from './heat-keeper.ts';
import { makeHeatView } from './heat-view.ts';

const NOW = Date.UTC(2026, 2, 10, 12);
const clock = { now: () => NOW };
const MINUTE = 60_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const put = async (id: string, seq: number, at: number, event: string, from: string[], to: string[]) => {
  await db.pool.query(
    `insert into journal (actor_id, seq, kind, at, event_id, cause, event, from_states, to_states, guards, context_diff,
       commands, timers, machine_version)
     values ($1, $2, 'conversation', $3, $7, 'customer', $4, $5, $6, '[]', '[]', '[]', '[]', '1')`,
    [id, seq, at, JSON.stringify({ type: event }), JSON.stringify(from), JSON.stringify(to), `e${seq}`],
  );
  await db.pool.query(
    `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths, unanswered, seq,
       machine_version, sort_rank, search, created_at, updated_at)
     values ($1, 'c', $1, 'en', 'bot', $2, $2, 0, $3, '1', $4, '', 0, $5)
     on conflict (conversation_id) do update set states = excluded.states, seq = excluded.seq, sort_rank = excluded.sort_rank`,
    [id, to, seq, -at, at],
  );
};

const live = async (id: string, idleMs: number, end: string) => {
  const begin = NOW - 30 * MINUTE;
  await put(id, 1, begin, 'xstate.init', [], ['turn.idle']);
  await put(id, 2, begin + idleMs, end, ['turn.idle'], ['turn.thinking']);
};

describe('the heat map', () => {
  it('counts each step once, however often it looks, and opens who is behind a number', async () => {
    await live('wz:c:1', 60_000, 'customer.message');
    await live('wz:c:2', 60_000, 'customer.message');
    await live('wz:c:3', 20 * MINUTE, 'xstate.after.followUp1.conversation.turn.idle');
    const keeper = makeHeatKeeper({ pool: db.pool, clock });
    await Promise.all([keeper.follow(), keeper.follow()]);
    await keeper.sweep();
    await put('wz:c:1', 3, NOW, 'xstate.done.actor.think', ['turn.thinking'], ['turn.idle']);
    await keeper.follow();
    await keeper.follow();
    const view = makeHeatView({ pool: db.pool, clock });
    const { states, transitions } = await view.heat(30);
    const idle = states.find(({ path }) => path === 'turn.idle');
    expect(idle).toMatchObject({ now: 1, stays: 3, silent: 1 });
    expect(Math.abs((idle?.medianMs ?? 0) / 60_000 - 1)).toBeLessThan(0.2);
    expect(states.find(({ path }) => path === 'turn.thinking')).toMatchObject({
      now: 2,
      stays: 1,
      silent: 0,
    });
    const wrote = transitions.find(({ event }) => event === 'customer.message');
    expect(wrote).toMatchObject({ from: 'turn.idle', to: 'turn.thinking', times: 2 });
    const behind = await view.behind([wrote?.id ?? 0], 30, 50);
    expect(behind.map(({ id }) => id)).toEqual(['wz:c:1', 'wz:c:2']);
    expect(await view.behind([wrote?.id ?? 0], 30, 1)).toHaveLength(1);
  });

  it('takes as one transition what differs only in the number of a message', async () => {
    await put('wz:c:9', 1, NOW - MINUTE, 'xstate.init', [], ['turn.speaking']);
    await put('wz:c:9', 2, NOW - 2, 'xstate.done.actor.send.a1b2', ['turn.speaking'], ['turn.idle']);
    await put('wz:c:9', 3, NOW - 1, 'x', ['turn.idle'], ['turn.speaking']);
    await put('wz:c:9', 4, NOW, 'xstate.done.actor.send.77', ['turn.speaking'], ['turn.idle']);
    await makeHeatKeeper({ pool: db.pool, clock }).follow();
    const { transitions } = await makeHeatView({ pool: db.pool, clock }).heat(1);
    const sent = transitions.filter(({ from }) => from === 'turn.speaking');
    expect(sent).toMatchObject([{ event: 'xstate.done.actor.send.*', times: 2 }]);
  });
});
