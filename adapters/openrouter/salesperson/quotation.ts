/** A quotation from the salesperson's side: when to ask for it, what is still missing, how that is put (domain 9). */
import type { Piece } from './details.ts';
import type { Language } from './move.ts';
import type { Outcome } from './results.ts';

/** Our own request for details, to recognise it in the history. */
export const ASKS_DETAILS = /for the quotation|لعرض السعر/i;

/** Our request for the articles of a quotation: some answer it with everything else at once. */
export const ASKS_ITEMS = /should the quotation cover|items are open now|في عرض السعر|فقط لعرض السعر/i;

const PIECES: readonly (readonly [Piece, mark: RegExp, en: string, ar: string])[] = [
  ['name', /name/i, 'your name', 'اسمك'],
  [
    'company',
    /company/i,
    'your company (or tell me that you buy as an individual)',
    'اسم شركتك (أو أخبرني أنك تشتري كفرد)',
  ],
  [
    'address',
    /(?<!e-?mail )address/i,
    'the delivery address with building and street or area',
    'عنوان التوصيل مع المبنى والشارع أو المنطقة',
  ],
  ['email', /e-?mail/i, 'your e-mail', 'بريدك الإلكتروني'],
];

/** Domain 3.7: never a questionnaire. */
const ASKED_AT_ONCE = 2;

/** What `request_quote` said is missing, as it was worded by the tool. */
export const missingIn = (outcome: Outcome): readonly string[] => {
  const { missing } = (outcome.data ?? {}) as { readonly missing?: unknown };
  return Array.isArray(missing) ? missing.filter((piece) => typeof piece === 'string') : [];
};

const pieceOf = (wording: string): readonly (typeof PIECES)[number][] =>
  PIECES.filter(([, mark]) => mark.test(wording)).slice(0, 1);

/** The pieces that such wordings name. */
export const piecesIn = (missing: readonly string[]): readonly Piece[] =>
  missing.flatMap(pieceOf).map(([piece]) => piece);

/**
 * The question for the next missing details; null when none of them is the customer's to give. `replies`: ours, so that
 * it is put in other words to a customer who comes back to it (lesson F-22).
 */
export const detailsQuestion = (
  missing: readonly string[],
  language: Language,
  replies: readonly string[] = [],
): string | null => {
  const asked = missing.flatMap(pieceOf).slice(0, ASKED_AT_ONCE);
  if (asked.length === 0) return null;
  const words = asked
    .map(([, , en, ar]) => (language === 'ar' ? ar : en))
    .join(language === 'ar' ? ' و' : ' and ');
  const [first, again] =
    language === 'ar'
      ? [`لعرض السعر أحتاج ${words}. هل يمكنك إرسال ذلك؟`, `هل ترسل لي ${words} لعرض السعر؟`]
      : [
          `For the quotation I still need ${words}. Could you send that to me?`,
          `Could you tell me ${words} for the quotation?`,
        ];
  const timesSaid = (question: string) => replies.filter((reply) => reply.includes(question)).length;
  return timesSaid(first) > timesSaid(again) ? again : first;
};

/** The pieces that one of our replies asked for. */
export const piecesAsked = (reply: string): ReadonlySet<Piece> =>
  ASKS_DETAILS.test(reply)
    ? new Set(
        PIECES.filter(([, , en, ar]) => reply.includes(en) || reply.includes(ar)).map(([piece]) => piece),
      )
    : new Set();
