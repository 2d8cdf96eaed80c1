/** Whole messages of a word or two: say it again, cancel, fine, no more. Pure. */
import { fold } from './text.ts';

const COURTESY =
  /^(?:please|pls|plz|sorry|ok|hey|لو سمحت|من فضلك)\s+|\s+(?:please|pls|plz|thanks|لو سمحت|من فضلك)$/gu;

/** Folded, without marks, pictures and courtesies around it. */
const plain = (said: string): string =>
  fold(said)
    .replace(/[^\p{L}\p{N}'-]+/gu, ' ')
    .trim()
    .replace(COURTESY, '')
    .trim();

const REPEAT =
  /^(?:(?:can|could|would) you )?(?:(?:please )?(?:repeat|say) (?:(?:it|that|this|the last one) ?)?(?:again)?|repeat|come again|once more|say again|what did you say|اعد|اعيد|عيد|كرر|كرري|ممكن تعيد|ممكن تكرر|اعد من فضلك|مره (?:ثانيه|اخري)|ماذا قلت)(?: (?:it|that|this|please|ذلك|هذا|الكلام|من جديد|مره (?:ثانيه|اخري)))*$/u;
const CANCEL =
  /^(?:cancel|forget (?:it|that|about it)|never ?mind|drop (?:it|that|everything)|scrap (?:it|that)|i (?:want|need) to cancel|كنسل|الغ|الغي|الغاء|الغيه|الغيها|خلاص الغ|الغ الطلب|ابغي الغي)(?: (?:it|this|that|all|everything|the|my|our|order|selection|of it|please|الطلب|طلبي|الطلبيه|كل شي|كل شيء|كله|الكل))*$/u;
const FINE =
  /^(?:(?:yes|yep|yeah|ok|okay|k|sure|great|perfect|fine|good|nice|cool|alright|got it|i see|understood|نعم|ايوه|اي|تمام|اوكي|اوك|ممتاز|زين|طيب|حلو|مفهوم|حسنا|ماشي)\s*)+$/u;
const THUMBS = /^[\s👍👌✅🙏🆗😀🙂😊]+$/u;
const NO_MORE =
  /^(?:no|nope|nah|no thanks?|no thank you|nothing(?: else| more)?|that'?s (?:all|it)|no that'?s (?:all|it)|only (?:this|these|that)|لا|لا شكرا|هذا كل شي|هذا كل شيء|بس كذا|بس هذا|فقط هذا|خلاص)$/u;

export interface Shortly {
  /** The last thing is to be said again. */
  readonly repeat: boolean;
  /** What was chosen is not wanted any more. */
  readonly cancels: boolean;
  /** "OK", "👍": fine, and nothing more. */
  readonly fine: boolean;
  /** "No, that is all." */
  readonly noMore: boolean;
}

export const shortlyIn = (said: string): Shortly => {
  const words = plain(said);
  return {
    repeat: REPEAT.test(words),
    cancels: CANCEL.test(words),
    fine: FINE.test(words) || (said.trim() !== '' && THUMBS.test(said)),
    noMore: NO_MORE.test(words),
  };
};
