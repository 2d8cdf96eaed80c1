import { describe, expect, it } from 'vitest';
import { conversationMachine } from '../../machines/conversation/machine.ts';
import { statesOf } from '../conversations/machine-graph.ts';
import { makeChartsApi } from '../statechart/charts-api.ts';
import type { MachineLayoutView } from './statechart-schemas.ts';
import { setup } from './test-web-handler.ts';

describe('the layout of a statechart', () => {
  const charts = makeChartsApi();

  it('places every state, is sent once, and is confirmed from then on', async () => {
    const { call } = setup({ charts });
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

  it('knows only shipped machines, and only for those who are signed in', async () => {
    const { call, raw } = setup({ charts });
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
