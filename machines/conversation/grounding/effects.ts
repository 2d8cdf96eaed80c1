/** Claims that something was done: only what this conversation's effects prove (lesson F-06; domain 9.20). */
import { words } from '../../language/words.ts';
import { type Check, eachSentence, statesFirmly } from './check.ts';
import type { Known } from './known.ts';

interface Claim {
  readonly says: RegExp;
  readonly isTrue: (known: Known) => boolean;
  readonly problem: string;
}

const DID = "(?:i|we)(?:'ve| have|'d)?(?: just| already| now| also){0,2}";
const DONE = '(?:has been|have been|was|were|is|are|got)(?: just| already| now)?';
const hasQuote = (known: Known): boolean =>
  known.effects.includes('quote_sent') || known.effects.includes('quote_created');
const never = (): boolean => false;

const CLAIMS: readonly Claim[] = [
  {
    says: words(
      `(?:quotation|quote|offer|proposal)[^.]{0,30} ${DONE} (?:sent|created|ready|prepared|issued|e-?mailed|attached|made)|${DID} (?:sent|created|prepared|issued|e-?mailed|attached|made)(?: you)? (?:the|your|a|an|our) (?:\\w+ )?(?:quotation|quote|offer|proposal)|here is (?:the|your) (?:\\w+ )?(?:quotation|quote)|(?:quotation|quote) is on its way`,
      [
        'تم إرسال عرض',
        'تم إنشاء عرض',
        'أرسلت لك العرض',
        'أرسلت عرض',
        'أرسلنا لك العرض',
        'عرض السعر جاهز',
        'جهزت لك عرض',
        'هذا عرض السعر الرسمي',
      ],
    ),
    isTrue: hasQuote,
    problem: 'The reply claims that a quotation was made or sent; it was not.',
  },
  {
    says: words(
      `(?:order|purchase|deal)[^.]{0,20} ${DONE} (?:placed|confirmed|created|registered|processed|accepted|done|complete[d]?)|${DID} (?:placed|confirmed|submitted|processed) (?:the|your|an) order`,
      ['تم تأكيد طلبك', 'تم تأكيد الطلب', 'تم تسجيل الطلبية', 'أكدت طلبك', 'تم الشراء', 'تم اعتماد طلبك'],
    ),
    isTrue: (known) => known.effects.includes('order_confirmed'),
    problem: 'The reply claims that an order was placed or confirmed; it was not.',
  },
  {
    says: words(
      `${DID} (?:reserved|booked|blocked|held|set aside|put aside)|(?:visit|appointment|slot|call|meeting|delivery|chairs?|desks?|items?|pieces)[^.]{0,15} ${DONE} (?:booked|scheduled|arranged|reserved)`,
      ['حجزت', 'حجزنا', 'تم الحجز', 'تم حجز', 'محجوزة لك', 'رتبت لك'],
    ),
    isTrue: never,
    problem: 'The reply claims a booking or a reservation; there is none.',
  },
  {
    says: words(
      `${DID} (?:asked|passed|forwarded|informed|told|notified|alerted|escalated|handed|transferred|connected|shared)[^.]{0,40}(?:colleague|manager|team|on|over|department)|${DID} let (?:a|an|the|my|our) (?:colleague|manager|team)|(?:colleague|manager|team) ${DONE} (?:told|informed|notified|alerted)`,
      [
        'حولت طلبك',
        'حولت السؤال',
        'حولتك',
        'أبلغت',
        'أبلغنا',
        'أخبرت زميلي',
        'أخبرت المدير',
        'تم إبلاغ',
        'تم تحويل',
      ],
    ),
    isTrue: (known) => known.escalated,
    problem: 'The reply claims that a colleague was told; nobody was. Call hand_over first, or leave it out.',
  },
  {
    says: words(
      `${DID} (?:checked|spoke|spoken|talked|confirmed|agreed|discussed)[^.]{0,25} (?:with|to) (?:the |our |my |a )?(?:warehouse|manager|colleague|team|supplier|logistics|director)|(?:manager|colleague|director|boss)(?: has| have)? (?:already )?(?:approved|confirmed|agreed|said)|${DID} asked (?:the|our|my|a) (?:warehouse|supplier|logistics)`,
      [
        'تحققت مع',
        'تأكدت من المستودع',
        'تواصلت مع المستودع',
        'سألت المدير',
        'وافق المدير',
        'المدير وافق',
        'تكلمت مع المدير',
      ],
    ),
    isTrue: never,
    problem: 'The reply claims that somebody was asked or agreed; nobody was.',
  },
  {
    says: words(
      `invoice[^.]{0,15} ${DONE} (?:issued|sent|created|ready)|${DID} (?:issued|sent|created)(?: you)? (?:the|your|an) invoice|payment ${DONE} received|${DID} received (?:the|your) payment`,
      ['تم إصدار الفاتورة', 'أصدرت الفاتورة', 'تم استلام الدفعة'],
    ),
    isTrue: never,
    problem: 'The reply claims an invoice or a payment; only a manager deals with these.',
  },
  {
    says: words(
      `${DID} sent(?: you)? (?:the |some |a few )?(?:photos?|pictures?|images?|samples?|catalog(?:ue)?|brochure)|(?:photos?|pictures?|catalog(?:ue)?|brochure) ${DONE} sent`,
      ['أرسلت لك الصور', 'أرسلت الكتالوج', 'تم إرسال الصور', 'تم إرسال الكتالوج'],
    ),
    isTrue: (known) => known.effects.includes('photos_sent'),
    problem: 'The reply claims that photos or papers were sent; they were not.',
  },
];

export const unfoundedEffects: Check = eachSentence('effect', (said, known) =>
  CLAIMS.filter(({ says, isTrue }) => statesFirmly(said, says) && !isTrue(known)).map(
    ({ problem }) => problem,
  ),
);
