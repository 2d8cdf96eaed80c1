/** The salesperson on quotations: wishes, details in every form, the questions that are put, and its evil twin. */
import { describe, expect, it } from 'vitest';
import { misbehave } from './adversary.ts';
import { ofColour } from './colours.ts';
import { detailsIn, type Piece } from './details.ts';
import { detailsQuestion, piecesAsked } from './quotation.ts';
import { ALL_TOOLS, later, laterAr, names, ONE, play, questions, type Tools } from './testing.ts';
import { wishesIn } from './wishes.ts';

const ALL: ReadonlySet<Piece> = new Set(['name', 'company', 'address', 'email']);
const SUITS = 'Here is your quotation. Does this offer suit you?';

describe('wishes', () => {
  it.each([
    ['Please send me a quotation', 'asks'],
    ['أريد عرض سعر', 'asks'],
    ['No quotation please', 'declines'],
    ['I do not need a quote', 'declines'],
    ['لا أريد عرض سعر', 'declines'],
    ['The quotation later please', 'later'],
    ['I need desks', null],
  ] as const)('%s: the quotation is %s', (said, expected) => {
    expect(wishesIn(said, '', false).quote).toBe(expected);
  });

  it.each([
    ['Yes', SUITS, 'accepted'],
    ['ok, go ahead', SUITS, 'accepted'],
    ['موافق', 'هل يناسبك العرض؟', 'accepted'],
    ['Yes', 'Would you like to add anything else?', null],
    ['We accept the quotation', '', 'accepted'],
    ['No thanks, we found another supplier', SUITS, 'rejected'],
    ['It is too expensive', SUITS, 'too_expensive'],
    ['What is the warranty?', SUITS, null],
  ] as const)('%s after "%s" means %s', (said, reply, expected) => {
    expect(wishesIn(said, reply, true).answer).toBe(expected);
  });

  it('a yes without a quotation accepts nothing', () => {
    expect(wishesIn('Yes', SUITS, false).answer).toBeNull();
  });

  it('silence, photos, an order, a later contact and leaving are told apart', () => {
    expect(wishesIn('STOP', '', false).silence).toBe(true);
    expect(wishesIn('Please stop messaging me', '', false).silence).toBe(true);
    expect(wishesIn('توقفوا عن الإرسال', '', false).silence).toBe(true);
    expect(wishesIn('Do you have bus stop benches?', '', false).silence).toBe(false);
    expect(wishesIn('Can I see a photo?', '', false).photos).toBe(true);
    expect(wishesIn('[the customer sent a picture] a chair like this picture', '', false).photos).toBe(false);
    expect(wishesIn('Where is my order TJ-00042?', '', false).orderStatus).toBe('TJ-00042');
    expect(wishesIn('وين طلبي؟', '', false).orderStatus).toBe('');
    expect(wishesIn('Write to me next week', '', false).nextContact).toBe('P7D');
    expect(wishesIn('contact me in 3 days please', '', false).nextContact).toBe('P3D');
    expect(wishesIn('We bought elsewhere', '', false).leaves).toBe(true);
  });
});

describe('details', () => {
  const whole = { name: 'Sara Haddad', company: 'Acme LLC', address: 'Office 12, Bay Square' };

  it('are read one a line, whatever the order', () => {
    expect(detailsIn('Sara Haddad\nAcme LLC\nsara@acme.example\nOffice 12, Bay Square', ALL, {})).toEqual(
      whole,
    );
    expect(detailsIn('Acme LLC\nOffice 12, Bay Square\nSara Haddad', ALL, {})).toEqual(whole);
  });

  it('are read between slashes and commas', () => {
    expect(detailsIn('Sara Haddad / Acme LLC / sara@acme.example / Office 12, Bay Square', ALL, {})).toEqual(
      whole,
    );
    expect(detailsIn('Sara Haddad, Acme LLC, sara@acme.example, Office 12', ALL, {})).toEqual({
      ...whole,
      address: 'Office 12',
    });
  });

  it('are read in Arabic', () => {
    expect(detailsIn('سارة حداد\nشركة النخيل\nبرج الخليج، الطابق 5', ALL, {})).toEqual({
      name: 'سارة حداد',
      company: 'شركة النخيل',
      address: 'برج الخليج، الطابق 5',
    });
  });

  it('hold an address with its own commas, and a city that is too wide for one', () => {
    expect(detailsIn('Villa 7, Street 12, Al Barsha', ALL, {})).toEqual({
      address: 'Villa 7, Street 12, Al Barsha',
    });
    expect(detailsIn('Dubai', new Set(['address']), {})).toEqual({ address: 'Dubai' });
    expect(detailsIn('Sara Haddad, I buy as an individual', ALL, {})).toEqual({
      name: 'Sara Haddad',
      individual: true,
    });
  });

  it('of an individual hold no company', () => {
    expect(detailsIn('I buy as an individual', new Set(['company']), {})).toEqual({ individual: true });
  });

  it('are not read from questions, nor when nobody asked (lesson F-05)', () => {
    expect(detailsIn('Do you deliver to Office 12?', ALL, {})).toEqual({});
    expect(detailsIn('Quantity 5', new Set(), {})).toEqual({});
  });

  it('are asked for two at a time, and recognised in the history', () => {
    const missing = ['the customer’s name', 'the company, or individual', 'a specific delivery address'];
    for (const language of ['en', 'ar'] as const) {
      const question = detailsQuestion(missing, language) ?? '';
      expect(questions(question)).toBe(1);
      expect([...piecesAsked(question)]).toEqual(['name', 'company']);
    }
  });
});

describe('the question for details (lesson F-22)', () => {
  it.each(['en', 'ar'] as const)('is put in other words to who comes back to it: %s', (language) => {
    const first = detailsQuestion(['name', 'email'], language) ?? '';
    const again = detailsQuestion(['name', 'email'], language, [`So far so good.\n\n${first}`]) ?? '';
    expect(again).not.toBe(first);
    expect(piecesAsked(again)).toEqual(new Set(['name', 'email']));
  });
});

describe('a turn about a quotation', () => {
  const offered = [...ALL_TOOLS, 'request_quote', 'answer_quote', 'order_status', 'opt_out'];
  const lacking: Tools = {
    request_quote: () => ({ ok: false, missing: ['the customer’s name', 'a valid e-mail address'] }),
  };
  const chosen = '4 x Ergo Mesh Chair (CH-616) at 450.00 AED = 1800.00';

  it('states what it covers and its total, then asks for what is missing (domain 9.4)', () => {
    const played = play([ONE, 'Please send me a quotation'], {
      ...later,
      selection: chosen,
      offered,
      tools: lacking,
    });
    expect(names(played)).toContain('request_quote');
    expect(played.text).toMatch(/1800\.00/);
    expect(played.text).toMatch(/your name and your e-mail/);
  });

  it('does the same in Arabic', () => {
    const played = play([ONE, 'أرسل لي عرض سعر'], { ...laterAr, selection: chosen, offered, tools: lacking });
    expect(played.text).toMatch(/اسمك وبريدك الإلكتروني/);
  });

  it('never asks for a tool that is not offered', () => {
    const played = play([ONE, 'Please send me a quotation'], { ...later, selection: chosen });
    expect(names(played)).not.toContain('request_quote');
  });

  it('a wish for silence is the only thing that is dealt with', () => {
    const played = play([ONE, 'STOP'], { ...later, offered, tools: { opt_out: () => ({ ok: true }) } });
    expect(names(played)).toEqual(['opt_out']);
    expect(questions(played.text)).toBe(0);
  });
});

describe('colours', () => {
  const items = [
    { sku: 'CH-720-BLK', name: 'Task chair Orbit, black fabric' },
    { sku: 'CH-720-BLU', name: 'Task chair Orbit, blue fabric' },
  ];

  it('point at items in both languages, and at all of them when none has it', () => {
    expect(ofColour('the black one', items)).toEqual([items[0]]);
    expect(ofColour('الأزرق لو سمحت', items)).toEqual([items[1]]);
    expect(ofColour('the red one', items)).toEqual(items);
  });
});

describe('the adversary', () => {
  it('calls what there is not, then invents, in the customer’s language', () => {
    const said = { role: 'user' as const, content: 'What is the price?' };
    const first = misbehave({ messages: [said], tools: ['check_stock'] });
    expect(first.kind === 'call' && first.calls.map(({ name }) => name)).toContain('give_discount');
    const second = misbehave({ messages: [said], tools: [] });
    expect(second).toMatchObject({ kind: 'say', text: expect.stringContaining('49.00 AED') });
  });
});
