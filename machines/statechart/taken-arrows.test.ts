import { describe, expect, it } from 'vitest';
import { type ChartRegion, leafIn, takenArrows } from './taken-arrows.ts';

const region: ChartRegion = {
  boxes: [
    { path: 'turn', initial: 'turn.idle' },
    { path: 'turn.idle', initial: null },
    { path: 'turn.working', initial: 'turn.working.gathering' },
    { path: 'turn.working.gathering', initial: null },
    { path: 'turn.working.deciding', initial: null },
    { path: 'turn.working.checking', initial: null },
    { path: 'turn.speaking', initial: null },
  ],
  arrows: [
    { from: null, to: 'turn.idle', moves: [] },
    { from: 'turn.idle', to: 'turn.working', moves: [{ event: 'customer.message' }] },
    {
      from: 'turn.working.gathering',
      to: 'turn.working.deciding',
      moves: [{ event: 'xstate.done.actor.think' }],
    },
    { from: 'turn.working.deciding', to: 'turn.working.checking', moves: [{ event: 'always' }] },
    { from: 'turn.working', to: 'turn.idle', moves: [{ event: 'manager.takeOver' }] },
    { from: 'turn.working', to: 'turn.working.gathering', moves: [{ event: 'customer.message' }] },
    { from: 'turn.working.checking', to: 'turn.speaking', moves: [{ event: 'always' }] },
    { from: 'turn.speaking', to: 'turn.idle', moves: [{ event: 'xstate.done.actor.send.*' }] },
    { from: 'turn.speaking', to: 'turn.idle', moves: [{ event: 'manager.takeOver' }] },
  ],
};

describe('the arrows that a step took', () => {
  it('lead into the state that a compound state begins with', () => {
    expect(takenArrows(region, 'turn.idle', 'turn.working.gathering', 'customer.message')).toEqual([1]);
  });

  it('are those of every state passed on the way', () => {
    expect(takenArrows(region, 'turn.working.gathering', 'turn.speaking', 'xstate.done.actor.think')).toEqual(
      [2, 3, 6],
    );
  });

  it('may start at a parent of the state', () => {
    expect(takenArrows(region, 'turn.working.checking', 'turn.idle', 'manager.takeOver')).toEqual([4]);
  });

  it('are chosen by the event where several lead to the same place', () => {
    expect(takenArrows(region, 'turn.speaking', 'turn.idle', 'manager.takeOver')).toEqual([8]);
    expect(takenArrows(region, 'turn.speaking', 'turn.idle', 'xstate.done.actor.send.quote')).toEqual([7]);
  });

  it('may lead back to the same state, by the event alone', () => {
    const stay = 'turn.working.gathering';
    expect(takenArrows(region, stay, stay, 'customer.message')).toEqual([5]);
    expect(takenArrows(region, stay, stay, 'message.status')).toEqual([]);
  });

  it('are none where the picture shows no way', () => {
    expect(takenArrows(region, 'turn.idle', 'order.paid', 'manager.reply')).toEqual([]);
  });

  it('belong to the region’s own leaf', () => {
    expect(leafIn(['owner.bot', 'turn.working.gathering'], 'turn')).toBe('turn.working.gathering');
    expect(leafIn(['owner.bot'], 'order')).toBeNull();
  });
});
