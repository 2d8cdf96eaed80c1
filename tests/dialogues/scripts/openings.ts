/** First words, names, and what is never asked twice (domain 2.4, 3.5-3.7, 5.1-5.3; lessons F-01, F-08, F-21). */
import { type Dialogue, dialogue, says } from '../dialogue.ts';

const INTRODUCED = [/Noor/, /Treejar/];
const INTRODUCED_AR = [/نور/, /Treejar/];

export const openings: readonly Dialogue[] = [
  dialogue('a bare greeting gets an introduction and one question', [
    says('Hi', { has: [...INTRODUCED, '?'] }),
  ]),
  dialogue(
    'an Arabic greeting gets an Arabic introduction',
    [says('السلام عليكم', { has: [...INTRODUCED_AR, '؟'] })],
    { language: 'ar' },
  ),
  dialogue('good morning, then the need', [
    says('Good morning', { has: INTRODUCED }),
    says('I need office chairs', { has: ['AED'], lacks: [/I'm Noor/] }),
  ]),
  dialogue('the request stands in the first message and is answered at once (domain 3.5)', [
    says('Hello, I need 4 meeting tables', { has: [...INTRODUCED, /table/i, 'AED'] }),
  ]),
  dialogue(
    'lesson F-01 the request made before the name is answered, not gated behind it',
    [
      says('Do you have black task chairs?', { has: [...INTRODUCED, 'AED', /chair/i] }),
      says('Sam', { has: [/Sam/], lacks: [/how may I address/i, /showroom/i] }),
    ],
    { slots: { name: 'Sam' } },
  ),
  dialogue(
    'lesson F-01 in Arabic: a bare name after a request is a name',
    [
      says('هل لديكم كراسي مكتب سوداء؟', { has: ['درهم'] }),
      says('سالم', { has: [/سالم/], lacks: [/كيف تحب أن أناديك/] }),
    ],
    { slots: { name: 'سالم' }, language: 'ar' },
  ),
  dialogue(
    'a customer who signs the first message is not asked for a name (domain 3.6)',
    [
      says('Hi, my name is Karim and I need a reception counter', {
        has: [...INTRODUCED, /Karim/, 'AED'],
        lacks: [/how may I address/i, /your name/i],
      }),
      says('What is the warranty on it?', {
        has: [/warranty/i],
        lacks: [/how may I address/i, /your name/i],
      }),
    ],
    { slots: { name: 'Karim' } },
  ),
  dialogue(
    'the name is asked for once, even when it is not given (domain 3.6)',
    [
      says('Hello', { has: [/need|looking|address/i] }),
      says('I need desks', { has: ['AED'] }),
      says('And cabinets too', { has: ['AED'] }),
      says('What about a whiteboard?', { has: ['AED'], lacks: [/how may I address/i] }),
    ],
    { absentSlots: ['name'] },
  ),
  dialogue('a burst is one thought and gets one answer (domain 4.5, lesson F-37)', [
    says(['Hi', 'I need desks', 'for 5 people', 'white if possible'], {
      has: [...INTRODUCED, 'AED', /desk/i],
    }),
  ]),
  dialogue(
    'an Arabic burst gets one Arabic answer',
    [says(['السلام عليكم', 'أحتاج مكاتب', 'لخمسة موظفين'], { has: ['درهم'] })],
    { language: 'ar' },
  ),
  dialogue(
    'lesson F-08 a neutral fact in mid-dialogue is taken in and hands nothing over',
    [
      says('I need executive chairs', { has: ['AED'] }),
      says('The company is Falcon Trading LLC', { lacks: [/colleague/i] }),
      says('Do you have them in black?', { has: [/black/i, 'AED'] }),
    ],
    { owner: 'bot', alerts: [], slots: { company: /Falcon Trading/ } },
  ),
  dialogue('lesson F-21 the introduction comes once', [
    says('Hello', { has: INTRODUCED }),
    says('Who are you?', { lacks: [/I'm Noor from Treejar.*I'm Noor from Treejar/s] }),
    says('ok, I need a sofa', { has: ['AED'], lacks: [/I'm Noor/] }),
  ]),
  dialogue('thanks and goodbye are answered with as much', [
    says('Hi, do you have lockers?', { has: ['AED'] }),
    says('Thank you!', { lacks: ['AED'] }),
    says('Bye', { lacks: ['?'] }),
  ]),
  dialogue(
    'شكرا و مع السلامة',
    [says('هل لديكم خزائن ملفات؟', { has: ['درهم'] }), says('شكرا جزيلا', {}), says('مع السلامة', {})],
    { language: 'ar' },
  ),
  dialogue(
    'a new customer is recorded in the CRM once (domain 11.1)',
    [says('Hi, my name is Rana', { has: [/Rana/] }), says('I work for Blue Palm LLC', {})],
    { contacts: 1, slots: { name: 'Rana', company: /Blue Palm/ } },
  ),
  {
    ...dialogue(
      'a customer whom the CRM knows is not asked who they are (domain 11.3, lesson F-05)',
      [says('Hello again, I need operator chairs', { has: ['AED'], lacks: [/how may I address/i] })],
      { contacts: 1, slots: { name: /Layla/, company: /Bright Fit-Out/ } },
    ),
    phone: '971500000101',
  },
  {
    ...dialogue(
      'a profile name is only a hint: what the customer says wins (lesson F-05)',
      [says('Hello', {}), says('My name is Huda', { has: [/Huda/] })],
      { slots: { name: 'Huda' } },
    ),
    profile: 'Sales Desk',
  },
];
