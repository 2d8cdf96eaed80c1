/**
 * Out-of-office and other automatic answers: they are no reply of the customer and pause outreach (domain 17.5). Only
 * wording that machines send counts, because a person who is away and says so wants an answer.
 */
import { addDays, momentsOf } from '../business-hours/zone.ts';
import { foldWords, readDay } from './dates.ts';

export interface AutoReply {
  /** Outreach rests until then, ms since the epoch: the return date and one day, or three days. */
  readonly until: number;
}

/** Domain 17.5. */
const DAYS_WITHOUT_DATE = 3;
const DAYS_AFTER_RETURN = 1;
/** A date further away than this is a misreading, or a customer for another day. */
const MAX_PAUSE_DAYS = 60;
const DAY_MS = 24 * 3_600_000;

const SURE: readonly RegExp[] = [
  /\b(?:this is an? )?(?:automatic|automated|auto)[- ]?(?:reply|response|message|answer|responder)\b/,
  /\b(?:i am|i'm|we are|we're) (?:currently |now |presently )?(?:out of (?:the )?office|away from (?:my|the) (?:desk|office|phone))\b/,
  /\bout of office (?:reply|message|until|from|till)\b/,
  /^out of office\b/,
  /\bthank(?:s| you) for (?:contacting|messaging|reaching out to|getting in touch with|your message)\b.{0,120}\b(?:we|i)(?:'ll| will) (?:get back|reply|respond|be in touch|contact you|answer)\b/,
  /\bthank(?:s| you) for (?:contacting|messaging|reaching out to|your message)\b.{0,120}\b(?:unavailable|not available|away|closed|out of office)\b/,
  /\b(?:we are|we're|our office is) (?:currently |now )?closed\b.{0,160}\b(?:will|'ll) (?:get back|reply|respond|contact)\b/,
  /\b(?:we are|we're) (?:currently )?(?:unavailable|not available)\b.{0,120}\b(?:will|'ll) (?:get back|reply|respond|contact)\b/,
  /\b(?:limited|no) access to (?:my )?e-?mails?\b/,
  /(?:هذا )?(?:رد|رساله) (?:تلقائي|تلقائيه|الي|اليه|اوتوماتيكي|اوتوماتيكيه)/,
  /(?:انا|نحن) (?:حاليا )?خارج (?:المكتب|الدوام|اوقات العمل)/,
  /شكرا (?:لتواصلك|لتواصلكم|لاتصالك|لاتصالكم|لرسالتك|على تواصلك|على تواصلكم)(?: معنا)?.{0,160}(?:سنرد|سنعود|سنتواصل|سوف نرد|سوف نتواصل|سيتم الرد|سيتم التواصل|باقرب وقت|اقرب وقت|اسرع وقت)/,
  /(?:مكتبنا|نحن) (?:حاليا )?(?:مغلق|مغلقون|غير متاح|غير متاحين|غير متواجدين).{0,160}(?:سنرد|سنعود|سنتواصل|سوف)/,
];

/** Words after which the day of the return stands. */
const RETURN =
  /(?:return(?:ing)?(?: to (?:the )?office)?(?: on)?|back(?: in (?:the )?office)?(?: on)?|until|till|through|to|reopen(?:s|ing)?(?: on)?|اعود|نعود|ساعود|سنعود|العوده|عوده|حتي|الي|لغايه|لغايه يوم)\s*:?\s*/gu;

/** The pause that an automatic answer asks for; `null` for what a person wrote. `now`: ms since the epoch. */
export const readAutoReply = (text: string, now: number, timeZone: string): AutoReply | null => {
  const folded = foldWords(text.slice(0, 2000));
  if (!SURE.some((pattern) => pattern.test(folded))) return null;
  const named = returnDay(folded, now, timeZone);
  const longest = now + MAX_PAUSE_DAYS * DAY_MS;
  const rest = now + DAYS_WITHOUT_DATE * DAY_MS;
  if (named === null || named > longest) return { until: rest };
  return { until: Math.max(named, now) };
};

const returnDay = (folded: string, now: number, timeZone: string): number | null => {
  for (const match of folded.matchAll(RETURN)) {
    const after = folded.slice((match.index ?? 0) + match[0].length).slice(0, 40);
    const day = readDay(after, now, timeZone);
    if (day) return momentsOf({ ...addDays(day, DAYS_AFTER_RETURN), minute: 0 }, timeZone)[0] ?? null;
  }
  return null;
};
