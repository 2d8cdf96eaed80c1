/** Nothing is said twice word by word, and who is not understood twice gets a person (lesson F-22; domain 8.1, trigger 2). */
import { describe, expect, it } from 'vitest';
import { Shop } from '../sale/testing/shop.ts';

const INVENTED = 'They cost 99.00 AED.';

describe('a reply', () => {
  it('that was said before is refused, and said in other words', () => {
    const chat = new Shop();
    const reply = 'We have a wide choice of desks. Which size should they be?';
    chat.asks('Do you have desks?');
    chat.answers(reply);
    chat.asks('Desks?');
    chat.thinks(reply);
    expect(chat.running('think')).toBe(true);
    expect(chat.told).toContain('word for word');
    chat.thinks(reply);
    expect(chat.sending[0]).not.toBe(reply);
  });

  it('of last resort has other words each time', () => {
    const chat = new Shop();
    const told: string[] = [];
    for (const words of ['I like furniture', 'Good day to you', 'Tell me more']) {
      chat.asks(words);
      chat.thinks(INVENTED);
      chat.thinks(INVENTED);
      told.push(chat.sending[0] ?? '');
      chat.flush();
      if (chat.in('owner.waiting')) break;
      chat.asks('Hm');
      chat.answers(`Which ${words.length} things matter to you?`);
    }
    expect(new Set(told).size).toBe(told.length);
    expect(told.length).toBeGreaterThan(2);
  });

  it('that the model never gives brings a person the second time', () => {
    const chat = new Shop();
    for (const words of ['I like furniture', 'Tell me more']) {
      chat.asks(words);
      for (let call = 0; call < 4 && chat.running('think'); call++) chat.thinks(null);
      chat.flush();
    }
    expect(chat.in('owner.waiting')).toBe(true);
    expect(chat.context.owner.trigger).toBe(2);
  });
});
