import { describe, expect, it } from 'vitest';
import { type InspectFrame, MAX_FRAMES, makeRelay, readFrame, type Viewer } from './inspect-relay.ts';

const frame = (n: number): InspectFrame => ({ type: '@xstate.event', createdAt: String(n) });
const viewer = () => {
  const told: (readonly [unknown, string])[] = [];
  const window: Viewer = { closed: false, postMessage: (message, origin) => told.push([message, origin]) };
  return { told, window };
};
const hello = (source: unknown, origin = 'https://stately.ai') => ({
  origin,
  source,
  data: { type: '@statelyai.connected' },
});

describe('the relay to Stately’s inspector', () => {
  it('tells everything from the beginning once the viewer is there, and each frame from then on', () => {
    const { told, window } = viewer();
    const relay = makeRelay();
    relay.add(frame(1));
    relay.opened(window);
    relay.add(frame(2));
    expect(told).toEqual([]);
    relay.heard(hello(window));
    relay.add(frame(3));
    expect(told).toEqual([1, 2, 3].map((n) => [frame(n), 'https://stately.ai']));
  });

  it('answers no other window and no other address', () => {
    const { told, window } = viewer();
    const relay = makeRelay();
    relay.add(frame(1));
    relay.opened(window);
    relay.heard(hello(window, 'https://stately.ai.example'));
    relay.heard(hello({}));
    relay.heard({ origin: 'https://stately.ai', source: window, data: 'hello' });
    expect(told).toEqual([]);
  });

  it('keeps the frame that tells of the actor, and the newest', () => {
    const relay = makeRelay();
    for (let n = 0; n < MAX_FRAMES + 5; n += 1) relay.add(frame(n));
    const kept = relay.frames().map(({ createdAt }) => Number(createdAt));
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([MAX_FRAMES, 0, MAX_FRAMES + 4]);
  });

  it('takes nothing for a frame that is none', () => {
    expect(readFrame('not json')).toBeNull();
    expect(readFrame('{"a":1}')).toBeNull();
    expect(readFrame(JSON.stringify(frame(7)))).toEqual(frame(7));
  });
});
