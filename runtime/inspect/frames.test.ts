import { describe, expect, it } from 'vitest';
import { actorFrame, stepFrames } from './frames.ts';
import { redact } from './redact.ts';

const moment = { sessionId: '#a1b2', at: 1_768_472_430_197 };
const context = {
  chatId: '971500000101',
  transcript: [{ text: 'I am Layla, call +971 50 000 0101', kind: 'text', from: 'customer' }],
  customer: { name: 'Layla', kind: 'returning', phone: 971500000101 },
  order: { lines: [{ quantity: 12 }], subtotal: '10140.00', currency: 'AED' },
  byPerson: { 'wz:main:971500000101': { status: 'open' } },
  createdAt: 1_768_472_430_197,
};

describe('frames for the inspector', () => {
  it('tell the structure and nothing of a person', () => {
    const frames = [
      actorFrame(moment, 'conversation', '{}', { value: { turn: 'idle' }, context }),
      ...stepFrames(moment, { type: 'customer.message', ...context }, { value: { turn: 'idle' }, context }),
    ];
    const text = JSON.stringify(frames);
    for (const secret of ['Layla', '97150', '971 50', 'wz:main']) expect(text).not.toContain(secret);
    expect(redact(context)).toMatchObject({
      customer: { kind: 'returning', name: '‹5 characters›', phone: 0 },
      order: { lines: [{ quantity: 12 }], currency: 'AED' },
      createdAt: 1_768_472_430_197,
    });
  });

  it('are shaped as the viewer reads them', () => {
    const stand = { value: { turn: 'idle' }, context: { n: 1 } };
    const same = {
      sessionId: '#a1b2',
      rootId: '#a1b2',
      id: null,
      createdAt: '1768472430197',
      _version: '0.7.2',
    };
    const snapshot = {
      status: 'active',
      value: { turn: 'idle' },
      context: { n: 1 },
      historyValue: {},
      tags: [],
      children: {},
    };
    expect(actorFrame(moment, 'conversation', '{"id":"m"}', stand)).toEqual({
      type: '@xstate.actor',
      ...same,
      name: 'conversation',
      definition: '{"id":"m"}',
      snapshot,
    });
    expect(stepFrames(moment, { type: 'MSG' }, stand)).toEqual([
      { type: '@xstate.event', ...same, event: { type: 'MSG' } },
      { type: '@xstate.snapshot', ...same, event: { type: 'MSG' }, snapshot },
    ]);
  });
});
