import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSpecificAddress } from './address.ts';
import { findEmail, findPhone } from './contacts.ts';
import { type DetailSlot, readDetails } from './details.ts';

const read = (text: string, asked: readonly DetailSlot[] = []) =>
  Object.fromEntries(readDetails(text, asked).details.map(({ slot, value }) => [slot, value]));
const ALL: readonly DetailSlot[] = ['name', 'company', 'email', 'address'];

describe('a specific address (domain 9.2)', () => {
  it.each([
    'Office 5, Marina Plaza, Dubai',
    'Al Quoz Industrial 3, warehouse 12',
    'Villa 12, Street 8b, Jumeirah',
    'Burj Khalifa tower, 40th floor',
    'Business Bay, Opus Tower',
    'P.O. Box 1234, Sharjah',
    'شارع الشيخ زايد، برج المستقبل، دبي',
    'مكتب 5، الطابق 12، برج الأحلام',
    'فيلا ٧ الجميرا',
    'Mussafah M37, Abu Dhabi',
  ])('%s is one', (text) => {
    expect(isSpecificAddress(text)).toBe(true);
  });

  it.each([
    'Dubai',
    'UAE',
    'Abu Dhabi, UAE',
    'the office in Sharjah',
    'Riyadh, Saudi Arabia',
    'دبي',
    'في الشارقة',
    'أبوظبي، الإمارات',
    'our office',
    'quantity 5',
    '10 chairs',
    'I will send the location later',
    "don't know yet",
    'omar@example.test',
    '+971 50 123 4567',
    '12',
    '',
    'بعدين أرسل الموقع',
    'how much is delivery to Dubai Marina?',
    'Al Ain',
    'عجمان',
  ])('%s is none', (text) => {
    expect(isSpecificAddress(text)).toBe(false);
  });

  it('never becomes one by naming more cities and countries', () => {
    const place = fc.constantFrom(
      'Dubai',
      'UAE',
      'Sharjah',
      'KSA',
      'Doha',
      'دبي',
      'الشارقة',
      'Abu Dhabi',
      'in',
    );
    fc.assert(fc.property(fc.array(place, { maxLength: 8 }), (all) => !isSpecificAddress(all.join(', '))));
  });
});

describe('contacts', () => {
  it('finds e-mails and phones, and nothing where there is none', () => {
    expect(findEmail('write to Sara.K+b@Example-shop.test, please')).toBe('sara.k+b@example-shop.test');
    expect(findEmail('sara at example')).toBeNull();
    expect(findPhone('my number is 050 123 4567')).toBe('0501234567');
    expect(findPhone('٠٠٩٧١٥٠١٢٣٤٥٦٧')).toBe('+971501234567');
    expect(findPhone('160 x 80')).toBeNull();
  });
});

describe('details (domain 9.3)', () => {
  it.each<[string, Record<string, string>]>([
    [
      'Name: Sara\nCompany: Blue Tower\nEmail: sara@example.test\nAddress: Office 5, Marina Plaza',
      { name: 'Sara', company: 'Blue Tower', email: 'sara@example.test', address: 'Office 5, Marina Plaza' },
    ],
    [
      'Name: Omar Said, company: Falcon Trading, email: omar@falcon.test',
      { name: 'Omar Said', company: 'Falcon Trading', email: 'omar@falcon.test' },
    ],
    [
      'الاسم: أحمد علي\nالشركة: النور للتجارة\nالبريد: ahmed@noor.test\nالعنوان: شارع الوصل، مبنى 4',
      { name: 'أحمد علي', company: 'النور للتجارة', email: 'ahmed@noor.test', address: 'شارع الوصل، مبنى 4' },
    ],
    ['Company: individual', { individual: 'yes' }],
    ['1. Name - Lina\n2. Company - Blue Tower', { name: 'Lina', company: 'Blue Tower' }],
  ])('labelled: %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each<[string, Record<string, string>]>([
    ["Hi, I'm Sara Khan from Blue Tower LLC", { name: 'Sara Khan', company: 'Blue Tower LLC' }],
    ['My name is alex', { name: 'Alex' }],
    ['Our company is Blue Tower and my email is a@b.test', { company: 'Blue Tower', email: 'a@b.test' }],
    [
      'Please deliver to Office 5, Marina Plaza, Dubai and my email is a@b.test',
      { address: 'Office 5, Marina Plaza, Dubai', email: 'a@b.test' },
    ],
    ['I am buying as an individual', { individual: 'yes' }],
    ['اسمي أحمد وأريد كراسي', { name: 'أحمد' }],
    ['نحن شركة النور للتجارة', { company: 'شركة النور للتجارة' }],
    ["I'm the office manager here", { position: 'office manager' }],
  ])('prose: %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each<[string, Record<string, string>]>([
    [
      'Omar / Falcon / omar@falcon.test / Office 5, Marina Plaza',
      { name: 'Omar', company: 'Falcon', email: 'omar@falcon.test', address: 'Office 5, Marina Plaza' },
    ],
    [
      'Omar Said, Falcon Trading, omar@falcon.test, Office 5, Marina Plaza, Dubai',
      {
        name: 'Omar Said',
        company: 'Falcon Trading',
        email: 'omar@falcon.test',
        address: 'Office 5, Marina Plaza, Dubai',
      },
    ],
    [
      'Omar\nFalcon\nomar@falcon.test\nVilla 12, Jumeirah',
      { name: 'Omar', company: 'Falcon', email: 'omar@falcon.test', address: 'Villa 12, Jumeirah' },
    ],
    ['Omar / individual / omar@home.test', { name: 'Omar', individual: 'yes', email: 'omar@home.test' }],
    ['أحمد\nشركة النور\nahmed@noor.test', { name: 'أحمد', company: 'شركة النور', email: 'ahmed@noor.test' }],
  ])('a list: %j', (text, expected) => {
    expect(read(text, ALL)).toEqual(expected);
  });

  it.each<[string, DetailSlot, string | undefined]>([
    ['Omar', 'name', 'Omar'],
    ['Falcon', 'company', 'Falcon'],
    ['office chairs', 'name', undefined],
    ['quantity 5', 'address', undefined],
    ['Dubai', 'address', undefined],
    ['how long is delivery?', 'name', undefined],
    ['yes', 'name', undefined],
    ['أحمد', 'name', 'أحمد'],
    ['no company', 'individual', 'yes'],
    ['ok', 'company', undefined],
  ])('the bare answer %j to %s is %s (lesson F-01, F-05)', (text, asked, expected) => {
    expect(read(text, [asked])[asked]).toBe(expected);
  });

  it.each([
    'I am looking for chairs',
    "I'm interested in desks",
    'Do you have an individual desk?',
    'CH-616 / CH-720',
    '10 chairs\n5 desks',
    'what is the price / delivery time',
    'I need 3 desks 160 x 80',
  ])('%j says nothing about the customer', (text) => {
    expect(read(text)).toEqual({});
  });

  it('asks for a read-back only when something was guessed', () => {
    expect(readDetails('Name: Sara', []).needsReadBack).toBe(false);
    expect(readDetails('Omar / Falcon / omar@falcon.test / Villa 12 Jumeirah', ALL).needsReadBack).toBe(
      false,
    );
    expect(readDetails('Falcon', ['name', 'company']).needsReadBack).toBe(true);
  });

  it('reads a labelled form back exactly, whatever the order', () => {
    const name = fc.constantFrom('Omar Said', 'Sara', 'Lina Haddad', 'أحمد علي');
    const company = fc.constantFrom('Falcon Trading', 'Blue Tower LLC', 'شركة النور');
    const address = fc.constantFrom('Office 5, Marina Plaza', 'Villa 12, Jumeirah', 'شارع الوصل، مبنى 4');
    const order = fc.shuffledSubarray(['Name', 'Company', 'Address', 'Email'], { minLength: 1 });
    fc.assert(
      fc.property(name, company, address, order, (n, c, a, labels) => {
        const values: Record<string, string> = { Name: n, Company: c, Address: a, Email: 'x@y.test' };
        const expected = Object.fromEntries(labels.map((label) => [label.toLowerCase(), values[label]]));
        expect(read(labels.map((label) => `${label}: ${values[label]}`).join('\n'))).toEqual(expected);
      }),
    );
  });

  it('never throws and stays quick, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        (text) => readDetails(text, ALL).details.length <= 7,
      ),
    );
    const started = performance.now();
    for (const hostile of [
      'a@',
      'Name: ',
      'my name is ',
      'A ',
      'from A',
      'deliver to a ',
      '/',
      'اسمي ',
      ', ',
      'Dubai ',
    ]) {
      const text = hostile.repeat(20_000 / hostile.length);
      readDetails(text, ALL);
      isSpecificAddress(text);
      findEmail(text);
      findPhone(text);
    }
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
