/** What the customers of a load run say: half of them in Arabic, two of five as far as a quotation. */

export interface Script {
  readonly language: 'en' | 'ar';
  readonly says: readonly string[];
}

const DETAILS = 'Sara Haddad\nAcme Trading LLC\n{email}\nOffice 12, Bay Square, Business Bay, Dubai';
const DETAILS_AR = 'سارة حداد\nشركة النخيل للتجارة\n{email}\nبرج الخليج، الطابق 5، شارع الشيخ زايد، دبي';

export const SCRIPTS: readonly Script[] = [
  {
    language: 'en',
    says: [
      'Hello, I need office chairs',
      'How many CH-720-BLK do you have in stock?',
      'I want 4 of CH-720-BLK',
      'Please send me a quotation',
      DETAILS,
    ],
  },
  {
    language: 'ar',
    says: [
      'مرحبا، أحتاج كراسي مكتب',
      'كم سعر CH-720-BLK؟',
      'أريد 4 من CH-720-BLK',
      'أرسل لي عرض سعر لو سمحت',
      DETAILS_AR,
    ],
  },
  {
    language: 'en',
    says: [
      'Hi, do you have meeting tables?',
      'What is the difference between CH-616 and CH-720-BLK?',
      'What is the warranty on it?',
      'How long does delivery to Abu Dhabi take?',
    ],
  },
  {
    language: 'ar',
    says: ['هل لديكم كراسي مكتب سوداء؟', 'هل التوصيل متوفر إلى أبوظبي؟', 'كم سعر EX-640؟'],
  },
  {
    language: 'en',
    says: ['I need desks', 'And cabinets too', 'Do you have desk lamps?', 'How much is DK-1600?'],
  },
  { language: 'ar', says: ['السلام عليكم', 'مرحبا، أحتاج مكاتب', 'وين المعرض حقكم؟'] },
];

/** So that the search is asked something new each time, as by people: its answers would come from its cache. */
const ENDINGS: Readonly<Record<Script['language'], readonly string[]>> = {
  en: ['', ' please', ' for our new office', ' for our branch', ' for the second floor', ' for my team'],
  ar: ['', ' لو سمحت', ' للمكتب الجديد', ' للفرع', ' للطابق الثاني', ' لفريقي'],
};
/** Only of the first words: later ones are answers, and hold what must be understood to the letter. */
const openingOf = (text: string, language: Script['language'], customer: number): string => {
  const endings = ENDINGS[language];
  const first = endings[Math.floor(customer / SCRIPTS.length) % endings.length] ?? '';
  const second = endings[Math.floor(customer / SCRIPTS.length / endings.length) % endings.length] ?? '';
  return /[?؟]$/.test(text) ? text : `${text}${first}${second === first ? '' : second}`;
};

/** The words of one customer: nobody shares an e-mail address. */
export const wordsOf = (customer: number): readonly string[] => {
  const { language, says } = SCRIPTS[customer % SCRIPTS.length] ?? { language: 'en', says: [] };
  const email = `buyer${customer}@acme-trading.example`;
  return says.map((text, index) =>
    index === 0 ? openingOf(text, language, customer) : text.replace('{email}', email),
  );
};
