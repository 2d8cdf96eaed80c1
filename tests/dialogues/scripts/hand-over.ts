/** When people are wanted, and when not (domain 8; lessons F-26, F-27, F-30). */
import {
  type Dialogue,
  dialogue,
  givesBack,
  managerWrites,
  says,
  takesOver,
  unanswered,
} from '../dialogue.ts';

const PASSED = { has: [/colleague/i] };
const PASSED_AR = { has: [/زملاء|زميل/] };
const hard = (number: number, name: string, text: string): Dialogue =>
  dialogue(`trigger ${number}: ${name}`, [says(text, PASSED)], { owner: 'waiting', alerts: [number] });
const hardAr = (number: number, name: string, text: string): Dialogue =>
  dialogue(`trigger ${number} in Arabic: ${name}`, [says(text, PASSED_AR)], {
    owner: 'waiting',
    alerts: [number],
    language: 'ar',
  });
/** A manager is told and the sale goes on (domain 8.2). */
const soft = (number: number, name: string, text: string): Dialogue =>
  dialogue(`trigger ${number}: ${name}, and the assistant goes on`, [says(text, {})], {
    owner: 'bot',
    alerts: [number],
  });

export const handOver: readonly Dialogue[] = [
  hard(1, 'a human is wanted', 'I want to talk to a human please'),
  hardAr(1, 'a human is wanted', 'أريد التحدث مع موظف'),
  hard(3, 'a complaint', 'This is unacceptable, my order came a month late. I am very angry'),
  hardAr(3, 'a complaint', 'عندي شكوى، الخدمة سيئة جدا'),
  hard(5, 'a discount beyond the approved ones', 'Can you give me a 30% discount?'),
  hardAr(5, 'payment in instalments', 'هل يمكن الدفع بالتقسيط؟'),
  hard(7, 'a claim', 'The chairs arrived broken, I want a refund'),
  hard(8, 'a manager by name', 'Can I speak to Mr Khan?'),
  hard(15, 'samples', 'Can you send me fabric samples?'),
  hard(17, 'a phone call', 'Please call me'),
  hardAr(17, 'a phone call', 'اتصلوا بي لو سمحتم'),
  hard(18, 'a manager of a nationality', 'Is there an Arabic speaking manager?'),
  soft(9, 'the showroom', 'Can I visit your showroom tomorrow?'),
  soft(10, 'a trade company', 'We are an interior design company and need chairs'),
  soft(12, 'a whole office', 'We are furnishing a new office and need 20 desks'),
  dialogue(
    'lesson F-26 a stock question, a price question, a quantity: nobody is called',
    [
      says('What is your MOQ and the wholesale price of VC-150?', {}),
      says('Do you have 40 of VC-150?', {}),
      says('I prefer the black ones', {}),
    ],
    { owner: 'bot', alerts: [] },
  ),
  dialogue(
    'lesson F-26 wardrobes, restaurants and layouts are no reason for a manager',
    [says('Do you have wardrobes for a restaurant staff room?', {})],
    { owner: 'bot' },
  ),
  dialogue(
    'lesson F-26 a plain Arabic catalog request stays with the assistant',
    [says('عندكم كتالوج كراسي؟', {})],
    { owner: 'bot' },
  ),
  dialogue(
    'lesson F-27 a hand-over is recorded with its alert before anything is said',
    [says('I want a real person', PASSED)],
    { owner: 'waiting', alerts: [1] },
  ),
  dialogue(
    'after the hand-over one more acknowledgement, then silence (domain 8.4)',
    [
      says('I want to speak to a manager', PASSED),
      says('Hello? Anybody?', PASSED),
      unanswered('I am waiting'),
      unanswered('Still here'),
    ],
    { owner: 'waiting' },
  ),
  dialogue(
    'lesson F-30 the assistant is silent while a manager owns the chat',
    [
      says('Hi, do you have sofas?', { has: ['AED'] }),
      managerWrites('phone', 'Hello, this is Omar from the showroom.'),
      unanswered('Great, what about the teal one?'),
      managerWrites('app', 'The teal one is in the showroom.'),
      unanswered('Thanks'),
    ],
    { owner: 'manager' },
  ),
  dialogue(
    'a manager takes over in the admin, writes, and gives the chat back (domain 8.11)',
    [
      says('Hi, do you have reception counters?', { has: ['AED'] }),
      takesOver,
      managerWrites('admin', 'Hello, this is Aisha.'),
      unanswered('And what is the warranty?'),
      givesBack({ has: [/warranty/i] }, 'Wants a counter'),
    ],
    { owner: 'bot' },
  ),
  dialogue(
    'المدير يتسلم ثم يعيد المحادثة',
    [
      says('مرحبا، هل لديكم كنب؟', { has: ['درهم'] }),
      takesOver,
      unanswered('كم مدة الضمان؟'),
      givesBack({ has: [/ضمان/] }),
    ],
    { owner: 'bot', language: 'ar' },
  ),
  dialogue(
    'a chat that was handed over comes back with what was said in mind',
    [
      says('Please call me', PASSED),
      managerWrites('phone', 'We spoke on the phone, thank you.'),
      unanswered('Now I need 3 lockers'),
      givesBack({ has: ['AED'] }),
    ],
    { owner: 'bot' },
  ),
  dialogue(
    'two misunderstandings in a row bring a person (trigger 2)',
    [says('blorp fizzle quantum', { has: ['?'] }), says('gribble grabble', PASSED)],
    { owner: 'waiting', alerts: [2] },
  ),
];
