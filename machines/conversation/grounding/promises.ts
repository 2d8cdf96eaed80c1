/** Promises: legal only if somebody was told, or the thing is under way (lesson F-24; domain 14.4, 14.5). */
import { words } from '../../language/words.ts';
import { type Check, eachSentence } from './check.ts';
import type { Known } from './known.ts';
import { isDenied } from './mood.ts';
import type { Said } from './reply.ts';

/** What people do: true once one of them was told. */
const PEOPLE = words(
  "(?:manager|colleague|team|specialist|someone|somebody|consultant|expert|representative|sales ?person|department)\\b[^.]{0,40}?(?:\\bwill\\b|'ll\\b|is going to|are going to|\\bshall\\b|is calling)|(?:expect|receive|get) a (?:phone )?(?:call|message|reply) from|(?:you will|you'll) (?:hear|be contacted|be called|get a call)|(?:زميلي|زميلتي|المدير|احد الزملاء|الفريق) (?:راح|سوف|رح) \\p{L}+",
  [
    'سيتواصل',
    'سيتصل',
    'سيراجع',
    'سيرد عليك',
    'سيؤكد',
    'يتواصل معك',
    'بيتواصل',
    'بيتصل',
    '=راح يتصل',
    '=راح يتواصل',
    'سيكلمك',
    'سيجيبك',
  ],
);
/** What the assistant would do with people's help or later. */
const SELF_ASKS = words(
  "(?:i|we)(?:'ll| will| shall|'m going to| am going to| are going to|'re going to) (?:\\w+ ){0,2}?(?:check|call|confirm|contact|ask|get back|come back|let you know|notify|inform|find out|look into|verify|follow up|update you|make sure|see what i can|arrange|organi[sz]e|schedule|speak|talk|consult|reach out)|let me (?:\\w+ )?(?:check|ask|confirm|find out|verify|see what|speak|talk|consult)|(?:and|then) (?:get|come) back to you|i am (?:checking|asking) (?:with|the)",
  [
    'سأتحقق',
    'سنتحقق',
    'سأتأكد',
    'سنتأكد',
    'سأسأل',
    'سنسأل',
    'سأراجع',
    'سنراجع',
    'سأخبرك',
    'سنخبرك',
    'سأعود إليك',
    'سأرد عليك',
    'سنرد عليك',
    'سأتواصل',
    'سنتواصل',
    'سأتصل',
    'سنتصل',
    'سأبلغ',
    'سنبلغ',
    '=راح اتاكد',
    '=راح اسال',
    '=راح اشوف',
    '=راح اتصل',
    '=راح نتواصل',
    '=راح نتصل',
    'بتأكد لك',
    'بسأل',
    '=بشوف لك',
  ],
);
/** What the assistant itself would send or make. */
const SELF_SENDS = words(
  "(?:i|we)(?:'ll| will| shall|'m going to| am going to| are going to|'re going to) (?:\\w+ ){0,2}?(?:send|forward|e-?mail|share|prepare|deliver|bring|order|reserve|hold|book|issue|ship|write to|mail|make you|place)|(?:i am|i'm|we are|we're) (?:now |just )?(?:sending|preparing|forwarding|e-?mailing|ordering|reserving|arranging)",
  [
    'سأرسل',
    'سنرسل',
    'سأجهز',
    'سنجهز',
    'سأعد',
    'سنعد لك',
    'سأحجز',
    'سنحجز',
    'سأطلب',
    'سنطلب',
    '=راح ارسل',
    '=راح نرسل',
    '=برسل',
    '=برسل لك',
    '=حارسل',
    'سنوصل',
    'سأصدر',
  ],
);
const QUOTATION = words('quotation|quote|offer|proposal|pdf|it', [
  'عرض سعر',
  'عرض السعر',
  'العرض',
  'التسعيرة',
]);
const SUMMARY = words('(?:a )?(?:summary|options|photos?|pictures?|total)', ['خيارات', 'صور', 'ملخص']);
/** "Once I have your address, I will prepare the quotation": true, because then it is made (domain 9.1). */
const CONDITIONAL = words('once|when|as soon as|after|if|then|to do (?:so|that)|for that', [
  'بعد أن',
  'بعدما',
  'عندما',
  'بمجرد',
  'إذا',
  'متى ما',
  'حالما',
  'فور',
]);

export const unfoundedPromises: Check = eachSentence('promise', (said, known) => {
  if (made(said, PEOPLE) && !known.escalated) {
    return [
      'The reply promises that a person will act, and nobody was told. Call hand_over first, or leave the promise out.',
    ];
  }
  if (made(said, SELF_ASKS) && !known.escalated && !agreedContact(said, known)) {
    return [
      'The reply promises to check, ask or come back, and nothing of the kind was arranged. Answer with what is known now.',
    ];
  }
  if (made(said, SELF_SENDS) && !maySend(said, known)) {
    return ['The reply promises to send, prepare or reserve something that is not under way. Leave it out.'];
  }
  return [];
});

const made = (said: Said, pattern: RegExp): boolean => {
  const at = said.plain.search(pattern);
  return at >= 0 && !said.question && !isDenied(said.plain, at);
};

const agreedContact = (said: Said, known: Known): boolean =>
  known.effects.includes('contact_agreed') &&
  /follow up|get back|come back|write|contact|message|تواصل|أعود|اعود/.test(said.plain);

const maySend = (said: Said, known: Known): boolean => {
  if (known.effects.includes('contact_agreed') && /write to/.test(said.plain)) return true;
  if (SUMMARY.test(said.plain)) return true;
  if (!QUOTATION.test(said.plain)) return false;
  return (
    known.effects.includes('quote_under_way') ||
    known.effects.includes('quote_created') ||
    CONDITIONAL.test(said.plain)
  );
};
