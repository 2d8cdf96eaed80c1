/** What a burst is about is looked up while it still gathers (design 6). */
import { describe, expect, it } from 'vitest';
import { CHAIR, Driver, TIMING } from './testing/driver.ts';

const manager = { id: 'u1', name: 'Aisha' };

describe('the look-up', () => {
  it('looks up what the burst is about while it gathers, and asks the model as soon as it has ended', () => {
    const chat = new Driver();
    chat.says('I need a mesh chair');
    chat.settleCustomer();
    chat.wait(TIMING.debounceMs / 2);
    expect(chat.child('brief').input).toMatchObject({ text: 'I need a mesh chair' });
    chat.brief({ products: [CHAIR] });
    expect(chat.in('turn.working.gathering')).toBe(true);
    chat.wait(TIMING.debounceMs / 2);
    expect(chat.in('turn.working.thinking')).toBe(true);
    expect(JSON.stringify(chat.prompt.messages)).toContain('CH-616');
  });

  it('looks up again when the burst has grown, and gives the first look-up up', () => {
    const chat = new Driver();
    chat.says('I need a chair');
    chat.settleCustomer();
    chat.wait(TIMING.debounceMs / 2);
    chat.says('with arms');
    chat.wait(TIMING.debounceMs / 2);
    expect(chat.stopped.filter((id) => id === 'brief')).toHaveLength(1);
    expect(chat.child('brief').input).toMatchObject({ text: 'I need a chair\nwith arms' });
    chat.wait(TIMING.debounceMs / 2);
    expect(chat.in('turn.working.understanding.briefing')).toBe(true);
    expect(chat.stopped.filter((id) => id === 'brief')).toHaveLength(1);
    chat.brief();
    expect(chat.in('turn.working.thinking')).toBe(true);
  });

  it('answers without the look-up when that fails, and does not try it twice', () => {
    const chat = new Driver();
    chat.says('I need a chair');
    chat.settleCustomer();
    chat.wait(TIMING.debounceMs / 2);
    chat.fail('brief');
    chat.wait(TIMING.debounceMs / 2);
    expect(chat.in('turn.working.thinking')).toBe(true);
    expect(chat.running('brief')).toBe(false);
  });

  it('looks nothing up any more when a manager takes the chat while the burst gathers', () => {
    const chat = new Driver();
    chat.says('I need a chair');
    chat.wait(TIMING.debounceMs / 2);
    chat.send({ type: 'manager.takeOver', by: manager });
    expect(chat.stopped).toContain('brief');
    chat.wait(TIMING.debounceMs);
    expect(chat.running('brief')).toBe(false);
  });

  it('goes on from a snapshot that was looking things up before it knew for what', () => {
    const chat = new Driver();
    chat.says('I need a chair');
    chat.settleCustomer();
    chat.wait(TIMING.debounceMs);
    const { lookUp: _unknown, ...turn } = chat.context.turn;
    chat.snapshot = { ...chat.snapshot, context: { ...chat.context, turn } } as typeof chat.snapshot;
    chat.brief();
    expect(chat.in('turn.working.thinking')).toBe(true);
  });
});
