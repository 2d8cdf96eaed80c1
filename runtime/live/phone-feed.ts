/** The simulated phone (sandbox only): after each change the newest part of the chat, whole, so that order is no issue. */
import type { PhoneSimulator } from '../../adapters/wazzup/simulator.ts';
import type { PhoneFrame } from '../api/schemas.ts';
import { PHONE_COALESCE_MS, PHONE_MESSAGES } from './protocol.ts';

export interface PhoneSubscriber {
  readonly phone: (frame: PhoneFrame) => void;
}

export interface PhoneFeed {
  readonly join: (chatId: string, subscriber: PhoneSubscriber) => void;
  readonly leave: (chatId: string, subscriber: PhoneSubscriber) => void;
  readonly stop: () => void;
}

export const makePhoneFeed = (simulator: PhoneSimulator): PhoneFeed => {
  const rooms = new Map<string, Set<PhoneSubscriber>>();
  const timers = new Map<string, NodeJS.Timeout>();
  let seq = 0;

  const frameOf = (chatId: string): PhoneFrame => {
    seq += 1;
    return {
      topic: `phone:${chatId}`,
      type: 'snapshot',
      seq,
      data: simulator.chat(chatId).slice(-PHONE_MESSAGES),
    };
  };

  const flush = (chatId: string): void => {
    timers.delete(chatId);
    const room = rooms.get(chatId);
    if (!room) return;
    const frame = frameOf(chatId);
    for (const subscriber of room) subscriber.phone(frame);
  };

  const off = simulator.onChange((chatId) => {
    if (!rooms.has(chatId) || timers.has(chatId)) return;
    const timer = setTimeout(() => flush(chatId), PHONE_COALESCE_MS);
    timer.unref();
    timers.set(chatId, timer);
  });

  return {
    join: (chatId, subscriber) => {
      const room = rooms.get(chatId) ?? new Set();
      rooms.set(chatId, room);
      room.add(subscriber);
      subscriber.phone(frameOf(chatId));
    },
    leave: (chatId, subscriber) => {
      const room = rooms.get(chatId);
      room?.delete(subscriber);
      if (room?.size === 0) rooms.delete(chatId);
    },
    stop: () => {
      off();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
};
