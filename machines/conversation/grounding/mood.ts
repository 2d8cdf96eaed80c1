/** Whether words state something, deny it, leave it to a manager, or ask: only a statement can be untrue. */
import { words } from '../../language/words.ts';

/** A clause is as far as a "not" reaches. */
const CLAUSE_ENDS =
  /[,;:،؛()]|\s-\s|\.\s|(?<![\p{L}])(?:but|however|though|although|because|so|if|unless|while|and (?:i|we|you)|لكن|ولكن|بس|اذا|لان|الا ان)(?![\p{L}])/giu;

/** The clause of a folded sentence that holds the index. */
export const clauseAt = (plain: string, index: number): string => {
  let [from, to] = [0, plain.length];
  for (const end of plain.matchAll(CLAUSE_ENDS)) {
    // "1,250" and "10:00" are no ends of a clause.
    if (/\d/.test(plain[end.index - 1] ?? '') && /\d/.test(plain[end.index + 1] ?? '')) continue;
    if (end.index + end[0].length <= index) from = end.index + end[0].length;
    else if (end.index >= index) {
      to = end.index;
      break;
    }
  }
  return plain.slice(from, to);
};

/** Idioms with a "no" in them that deny nothing. */
const IDIOMS =
  /no problem|no worries|not only|no doubt|why not|don't worry|do not worry|don't hesitate|do not hesitate|can't wait|no later than|(?:no|not) (?:more|less|fewer) than|not to mention|no longer than|لا مشكله|لا تقلق|لا باس|لا شك|لا يتجاوز|لا اكثر من|بلا شك/g;
const DENIAL = words(
  "no|not|none|nothing|never|neither|nor|cannot|can't|cant|don't|dont|doesn't|didn't|isn't|aren't|wasn't|won't|wouldn't|couldn't|shouldn't|haven't|hasn't|unable|without|nobody|rather not|instead of|out of",
  [
    '=لا',
    '=ليس',
    '=ليست',
    '=لسنا',
    '=لست',
    '=لم',
    '=لن',
    '=غير',
    '=بدون',
    '=مو',
    '=مب',
    '=مش',
    '=ولا',
    '=وليس',
    '=ما نقدر',
    '=ما اقدر',
    '=ما عندنا',
    '=ما يوجد',
    '=ما نبيع',
    '=ما نشتري',
    '=دون',
  ],
);

/** Whether the clause around the index denies what it says. */
export const isDenied = (plain: string, index: number): boolean =>
  DENIAL.test(clauseAt(plain, index).replace(IDIOMS, ' '));

const PERSON = '(?:manager|colleague|team|specialist|person|somebody|someone)s?';
const DECIDES =
  '(?:decides?|confirms?|handles?|clarif(?:y|ies)|answers?|approves?|checks?|has to|have to|needs? to|must|can (?:confirm|check|look|answer|decide|clarify|tell|help)|(?:will|would|may|might) (?:check|confirm|decide|look|clarify|answer|see))';
const DEFERRED = words(
  `${PERSON}\\b.{0,30}?\\b${DECIDES}|(?:decided|confirmed|handled|agreed|checked|clarified|approved|answered|given|possible)[^.]{0,20} (?:by|with|from|through) (?:a|an|the|our|my) ${PERSON}|(?:up to|matter for|question for|decision of) (?:a|the|our|my) ${PERSON}|(?:has|have|needs?|is|are|must) to be (?:confirmed|checked|agreed|clarified|decided)|to be confirmed|(?:asked|told|passed|informed|forwarded)[^.]{0,25} (?:colleague|manager|team)s?|depend(?:s|ing)? on|subject to|case by case`,
  [
    'يقررها المدير',
    'يقرره المدير',
    'يؤكده المدير',
    'يؤكدها المدير',
    'يؤكد المدير',
    'يوضحها المدير',
    'يتفق عليها مع المدير',
    'مع المدير',
    'يحدده المدير',
    'يتولاها المدير',
    'قرار المدير',
    'يعتمد على',
    'تعتمد على',
    'بحسب',
    'حسب المشروع',
    'يجب التأكد',
    'يحتاج تأكيد',
  ],
);
/** "My manager approved it" leaves nothing to anybody. */
const CLAIMED = words('(?:has |have )?(?:already )?(?:approved|agreed|confirmed) (?:it|this|that|the)', [
  'وافق المدير',
  'المدير وافق',
  'زميلي وافق',
]);

/** Whether the sentence leaves the matter to a person or to circumstances (domain 14.1, 14.5). */
export const isDeferred = (plain: string): boolean => DEFERRED.test(plain) && !CLAIMED.test(plain);

/** Whether it asks. */
export const isQuestion = (text: string): boolean =>
  /[?؟]["'’”)\]]*\s*(?:\p{Extended_Pictographic}\s*)?$/u.test(text.trim());
