import { describe, expect, it } from 'vitest';
import { conversationMachine } from '../../machines/conversation/machine.ts';
import { statesOf } from '../conversations/machine-graph.ts';
import { fakeClock } from '../server/test-fakes.ts';
import { makeChartsApi } from '../statechart/charts-api.ts';
import type { ChartsApi } from './deps.ts';
import type { MachineLayoutView } from './statechart-schemas.ts';
import { db, ID, PATH, setup } from './test-web-handler.ts';

describe('the layout of a statechart', () => {
  const charts = (): ChartsApi => {
    known ??= makeChartsApi({ pool: db.pool, clock: fakeClock() });
    return known;
  };
  let known: ChartsApi | null = null;

  it('places every state, is sent once, and is confirmed from then on', async () => {
    const { call } = setup({ charts: charts() });
    const first = await call('GET', '/machines/conversation/layout');
    expect(first.status).toBe(200);
    const layout = first.body as MachineLayoutView;
    const placed = layout.regions.flatMap(({ boxes }) => boxes.map(({ path }) => path));
    const states = layout.states.map(({ path }) => path).filter((path) => path !== '');
    expect(placed.toSorted()).toEqual(states.toSorted());
    const tag = first.headers.get('etag') ?? '';
    const again = await call('GET', '/machines/conversation/layout', undefined, { 'if-none-match': tag });
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, null, tag]);
    const other = await call('GET', '/machines/conversation/layout', undefined, { 'if-none-match': '"old"' });
    expect(other.status).toBe(200);
  });

  it('comes with the machine itself, beside what happens in its states', async () => {
    const { call } = setup({ charts: charts() });
    const { status, body } = await call('GET', '/machines/conversation?days=7');
    expect(status).toBe(200);
    const layout = (await call('GET', '/machines/conversation/layout')).body as MachineLayoutView;
    expect(body.layout).toEqual(layout.regions);
    expect(body.heat.days).toBe(7);
    expect(body.heat).toEqual((await call('GET', '/machines/conversation/heat?days=7')).body);
    expect((await call('GET', '/machines/toaster')).status).toBe(404);
    const without = setup();
    expect((await without.call('GET', '/machines/conversation')).body).toMatchObject({
      layout: null,
      heat: null,
    });
  });

  it('knows only shipped machines, and only for those who are signed in', async () => {
    const { call, raw } = setup({ charts: charts() });
    expect((await call('GET', '/machines/toaster/layout')).status).toBe(404);
    expect((await raw('GET', '/machines/conversation/layout')).status).toBe(401);
  });

  it('names every state of a conversation in words', () => {
    const unnamed = statesOf(conversationMachine).filter(
      ({ path, key, label }) => path !== '' && label === key,
    );
    expect(unnamed.map(({ path }) => path)).toEqual([]);
  });
});

describe('what steps set off', () => {
  it('is told with attempts, times, errors and the model calls behind it', async () => {
    const { call } = setup({ charts: makeChartsApi({ pool: db.pool, clock: fakeClock() }) });
    const think = `${ID}:3:think`;
    await db.pool.query(
      `insert into journal (actor_id, seq, kind, at, event_id, cause, event, from_states, to_states, guards, context_diff,
         commands, timers, machine_version)
       select $1, seq, 'conversation', 1000 * seq, event_id, 'result', '{"type": "x"}', '[]', '[]', '[]', '[]', commands::jsonb,
         '[]', '1' from (values (3, 'm1', $2), (4, $3, '[]'), (5, 'm2', '[]')) as row (seq, event_id, commands)`,
      [ID, JSON.stringify([{ id: think, name: 'think', op: 'invoke' }]), `${think}:result`],
    );
    await db.pool.query(
      `insert into outbox (actor_id, command_id, kind, name, op, status, attempt, created_at, first_attempt_at, next_at,
         finished_at, error) values ($1, $2, 'conversation', 'think', 'invoke', 'failed', 2, 3000, 3010, 3000, 3900,
         '{"_tag": "ModelAway", "message": "The model did not answer"}')`,
      [ID, think],
    );
    await db.pool.query(
      `insert into model_call (conversation_id, call_id, job, day, at, outcome, model, prompt_versions, prompt_tokens,
         completion_tokens, cost_usd, reserved_usd, duration_ms)
       values ($1, $2, 'dialogue', '2026-03-01', 3010, 'answered', 'some/model', '{persona@3}', 200, 20, 0.002, 0.01, 800),
              ($1, 'another#1', 'dialogue', '2026-03-01', 3010, 'answered', 'some/model', '{}', 1, 1, 0.1, 0.1, 1)`,
      [ID, `${think}#2`],
    );
    const whole = await call('GET', `${PATH}/effects?from=3&to=5`);
    expect(whole.status).toBe(200);
    expect(whole.body.commands).toEqual([
      {
        id: think,
        name: 'think',
        label: 'Ask the model',
        status: 'failed',
        attempts: 2,
        createdAt: '1970-01-01T00:00:03.000Z',
        startedAt: '1970-01-01T00:00:03.010Z',
        finishedAt: '1970-01-01T00:00:03.900Z',
        error: 'The model did not answer',
        startedBy: 3,
        endedBy: 4,
      },
    ]);
    expect(whole.body.calls).toMatchObject([
      {
        commandId: think,
        model: 'some/model',
        promptVersions: ['persona@3'],
        promptTokens: 200,
        durationMs: 800,
      },
    ]);
    const result = await call('GET', `${PATH}/effects?from=4&to=4`);
    expect(result.body.commands).toMatchObject([{ id: think, startedBy: null, endedBy: 4 }]);
    expect((await call('GET', `${PATH}/effects?from=5&to=5`)).body).toEqual({ commands: [], calls: [] });
  });
});
