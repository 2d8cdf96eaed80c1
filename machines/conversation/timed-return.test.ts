/** A chat that a person took is offered back after the time chosen with the take-over, else after the setting's. */
import { describe, expect, it } from 'vitest';
import { Driver, TIMING } from './testing/driver.ts';

const AISHA = { id: 'u1', name: 'Aisha' };
const OMAR = { id: 'u2', name: 'Omar' };
const HALF_AN_HOUR = 30 * 60_000;
const ALMOST = 1000;

const takenFor = (returnInMs?: number): Driver => {
  const chat = new Driver();
  chat.untilThinking('Hello');
  chat.send({ type: 'manager.takeOver', by: AISHA, ...(returnInMs === undefined ? {} : { returnInMs }) });
  return chat;
};
const isOfferedAfter = (chat: Driver, ms: number): void => {
  chat.wait(ms - ALMOST);
  expect(chat.in('owner.manager.active')).toBe(true);
  chat.wait(ALMOST);
  expect(chat.in('owner.manager.offered')).toBe(true);
};

describe('a chat that a person took', () => {
  it('is offered back after the time that the person chose', () => {
    isOfferedAfter(takenFor(HALF_AN_HOUR), HALF_AN_HOUR);
  });

  it('is offered back as the setting says when nothing was chosen', () => {
    isOfferedAfter(takenFor(), TIMING.handOverReturnMs);
  });

  it('counts the chosen time anew from each word of the person', () => {
    const chat = takenFor(HALF_AN_HOUR);
    chat.wait(HALF_AN_HOUR - ALMOST);
    chat.send({ type: 'manager.reply', by: AISHA, text: 'I am looking.' });
    isOfferedAfter(chat, HALF_AN_HOUR);
  });

  it('does not keep the time of one person for a colleague who takes the chat after', () => {
    const chat = takenFor(HALF_AN_HOUR);
    chat.send({ type: 'manager.takeOver', by: OMAR });
    expect(chat.context.owner.name).toBe('Omar');
    isOfferedAfter(chat, TIMING.handOverReturnMs);
  });

  it('forgets the chosen time when the chat is given back', () => {
    const chat = takenFor(HALF_AN_HOUR);
    chat.send({ type: 'manager.release', by: AISHA, note: null });
    chat.send({ type: 'manager.takeOver', by: OMAR });
    isOfferedAfter(chat, TIMING.handOverReturnMs);
  });
});
