/** A scripted customer: answers what is asked, once, in its own way, and then goes on with what it wants. */
import { describe, expect, it } from 'vitest';
import { askedFor, nextWords, START } from './customer.ts';
import { FACTS, type Persona, wants } from './persona.ts';
import { PERSONAS } from './personas.ts';

const persona = (over: Partial<Persona> = {}): Persona => ({
  id: 'p',
  language: 'en',
  temper: 'chatty',
  facts: { name: 'Sara', email: '{email}', address: 'Office 12' },
  says: ['I need chairs', 'A quotation please'],
  wants: wants({}),
  ...over,
});

describe('what a seller asks for', () => {
  it.each<[string, 'en' | 'ar', readonly string[]]>([
    ['Hello! How may I address you?', 'en', ['name']],
    [
      'For the quotation I still need the delivery address and your e-mail. Could you send that?',
      'en',
      ['email', 'address'],
    ],
    ['Which company is the furniture for?', 'en', ['company']],
    ['The desk has a company logo option. It is 690.00 AED.', 'en', []],
    ['كيف تحب أن أناديك؟', 'ar', ['name']],
    ['لعرض السعر أحتاج عنوان التوصيل وبريدك الإلكتروني. هل ترسلها لي؟', 'ar', ['email', 'address']],
  ])('%s', (text, language, facts) => expect(askedFor(text, language)).toEqual(facts));
});

describe('a customer', () => {
  it('begins, answers what is asked, goes on, and stops', () => {
    const first = nextWords(persona(), START, null);
    expect(first.words).toBe('I need chairs');
    const second = nextWords(persona(), first.state, 'How may I address you?');
    expect(second.words).toBe('My name is Sara');
    const third = nextWords(persona(), second.state, 'Anything else?');
    expect(third.words).toBe('A quotation please');
    const last = nextWords(persona(), third.state, 'Thank you.');
    expect(last.words).toBeNull();
    expect(last.state.askedAgain).toEqual([]);
  });

  it('notices that it is asked again, does not know what it was not given, and may be brief', () => {
    const brief = persona({ temper: 'brief' });
    const asked = nextWords(brief, { ...START, said: 1 }, 'I need your e-mail and your company.');
    expect(asked.words).toBe('{email}');
    const again = nextWords(brief, asked.state, 'What is your e-mail?');
    expect(again.words).toBe('A quotation please');
    expect(again.state.askedAgain).toEqual(['email']);
  });
});

describe('the customers', () => {
  it('are many, in two languages, each with a name of its own and facts for what they want', () => {
    expect(PERSONAS.length).toBeGreaterThanOrEqual(12);
    expect(new Set(PERSONAS.map(({ id }) => id)).size).toBe(PERSONAS.length);
    expect(new Set(PERSONAS.map(({ language }) => language))).toEqual(new Set(['en', 'ar']));
    expect(new Set(PERSONAS.map(({ temper }) => temper)).size).toBe(3);
    for (const {
      id,
      facts,
      wants: { known, saleOrders },
    } of PERSONAS) {
      const needed = saleOrders > 0 ? FACTS : known;
      expect([id, needed.filter((fact) => facts[fact] === undefined)]).toEqual([id, []]);
    }
  });
});
