import { describe, expect, it } from 'vitest';
import { shortEvent } from './event-name.ts';

describe('event names', () => {
  it('are shortened when they are the machine’s own, and left alone when they are facts of the shop', () => {
    expect(shortEvent('xstate.done.actor.think')).toBe('think ✓');
    expect(shortEvent('xstate.error.actor.send')).toBe('send ✗');
    expect(shortEvent('xstate.after.debounce.conversation.turn.working.gathering')).toBe('after debounce');
    expect(shortEvent('xstate.init')).toBe('init');
    expect(shortEvent('customer.message')).toBe('customer.message');
  });
});
