import { describe, expect, it } from 'vitest';
import { Driver } from './testing/driver.ts';

describe('the 24-hour window', () => {
  const DAY_MS = 86_400_000;

  it('closes on a business channel, and on a channel that is not known', () => {
    for (const more of [{ windowless: false }, {}]) {
      const chat = new Driver();
      chat.says('Hello', more);
      chat.wait(DAY_MS);
      expect(chat.in('window.closed')).toBe(true);
    }
  });

  it('never closes on a personal channel, which has none (wire/01 §6)', () => {
    const chat = new Driver();
    chat.says('Hello', { windowless: true });
    chat.wait(30 * DAY_MS);
    expect(chat.in('window.open')).toBe(true);
  });
});
