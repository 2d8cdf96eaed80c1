/** A hand-over needs evidence, and evidence is enough for one (domain 8.1, 8.2; lesson F-26). */
import { describe, expect, it } from 'vitest';
import { DESK, Shop } from './sale/testing/shop.ts';
import { CHAIR } from './testing/driver.ts';

const alerts = (chat: Shop, trigger: number) =>
  chat.commands.filter(
    ({ type, params }) => type === 'alertManager' && (params as { trigger: number }).trigger === trigger,
  );

describe('a hand-over', () => {
  it('is refused to the model where the words ask for nothing of the kind', () => {
    const chat = new Shop();
    chat.asks('How much is the chair CH-616?');
    chat.tool('hand_over', { reason: 3, summary: 'complains' });
    expect(chat.lastAnswer).toMatchObject({ ok: false });
    expect(chat.in('owner.bot')).toBe(true);
    expect(chat.running('think')).toBe(true);
  });

  it('happens where the words ask for a person, though the model only answers', () => {
    const chat = new Shop();
    chat.asks('I want to speak to a human please');
    chat.thinks('Of course. Which furniture do you need?');
    expect(chat.in('owner.waiting')).toBe(true);
    expect(chat.context.owner.trigger).toBe(1);
    expect(chat.sending).toEqual([
      expect.stringMatching(/^Hello, I'm Noor from Treejar\.\n\nThank you\. I have passed/),
    ]);
  });

  it.each([
    ['The chairs arrived broken, I want a refund', 7, /Noor from Treejar\.\n\nI am sorry about this\./],
    ['عندي شكوى، الخدمة سيئة جدا', 3, /^مرحبًا، أنا نور من Treejar\.\n\nأعتذر عما حدث\./],
  ])('begins with an apology after “%s”, and thanks nobody for it', (said, trigger, told) => {
    const byModel = new Shop();
    byModel.asks(said);
    byModel.tool('hand_over', { reason: trigger, summary: 'complains' });
    const byWords = new Shop();
    byWords.asks(said);
    byWords.thinks('…');
    for (const chat of [byModel, byWords]) {
      expect(chat.context.owner.trigger).toBe(trigger);
      expect(chat.sending).toEqual([expect.stringMatching(told)]);
    }
  });

  it('happens when only what is certain could be said twice in a row', () => {
    const chat = new Shop();
    for (const word of ['I like your furniture', 'Tell me more']) {
      chat.asks(word);
      chat.thinks('It costs 99.00 AED.');
      chat.thinks('It costs 98.00 AED.');
      chat.flush();
    }
    expect(chat.in('owner.waiting')).toBe(true);
    expect(chat.context.owner.trigger).toBe(2);
  });

  it('is not asked for again by a clear answer in between', () => {
    const chat = new Shop();
    chat.asks('I like your furniture');
    chat.thinks('It costs 99.00 AED.');
    chat.thinks('It costs 98.00 AED.');
    chat.flush();
    chat.asks('Hello?');
    chat.answers('How many people should sit in the room?');
    chat.asks('Tell me more');
    chat.thinks('It costs 99.00 AED.');
    chat.thinks('It costs 98.00 AED.');
    expect(chat.in('owner.bot')).toBe(true);
  });
});

describe('a large sale', () => {
  it('is told to a manager once, and the assistant goes on (trigger 4)', () => {
    const chat = new Shop();
    for (const quantity of [12, 13]) {
      chat.asks(`${quantity} desks DK-100`);
      chat.selects(DESK, quantity);
      chat.answers('Noted.');
    }
    expect(alerts(chat, 4)).toHaveLength(1);
    expect(chat.in('owner.bot')).toBe(true);
  });

  it('is not told for a small one', () => {
    const chat = new Shop();
    chat.asks('2 chairs CH-616');
    chat.selects(CHAIR, 2);
    chat.answers('Noted.');
    expect(chat.commands.filter(({ type }) => type === 'alertManager')).toEqual([]);
  });
});
