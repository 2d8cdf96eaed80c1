/** What the model is told of outreach and feedback: only what this turn needs (lesson F-10). */
import { isoDay, localTime } from '../business-hours/zone.ts';
import { DEFAULT_OUTREACH_TIMING } from '../outreach/schedule.ts';
import type { ConversationContext, FeedbackQuestion } from './context.ts';
import { nextQuestion } from './updates/after-sale.ts';

const QUESTIONS: Readonly<Record<FeedbackQuestion, string>> = {
  overall: 'how satisfied they are overall, from 1 to 5',
  delivery: 'how satisfied they are with the delivery, from 1 to 5',
  recommend: 'whether they would recommend the company, yes or no',
  comment: 'whether there is anything they would like to add',
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A date can be agreed on only by somebody who knows today's. */
const today = (context: ConversationContext): string => {
  const { timeZone } = context.timing.outreach ?? DEFAULT_OUTREACH_TIMING;
  const now = localTime(context.turn.startedAt, timeZone);
  return `Today is ${WEEKDAYS[now.weekday - 1]}, ${isoDay(now)}.`;
};

const feedback = ({ afterSale }: ConversationContext): string => {
  if (!afterSale.asking) return '';
  const next = nextQuestion(afterSale.answers);
  if (next === null) return 'The customer has answered every feedback question: thank them.';
  return `The customer was asked for feedback on a delivered order. Keep answers with record_feedback, then ask only ${QUESTIONS[next]}. Other requests come first.`;
};

const agreed = ({ outreach, timing }: ConversationContext): string => {
  if (!outreach.agreed) return '';
  const { timeZone } = timing.outreach ?? DEFAULT_OUTREACH_TIMING;
  const day = isoDay(localTime(outreach.agreed.at, timeZone));
  return `It is agreed that you write to the customer on ${day} about: ${outreach.agreed.about}.`;
};

export const outreachLines = (context: ConversationContext): readonly string[] => [
  today(context),
  context.outreach.optedOutAt === null
    ? ''
    : 'The customer wants no messages from us: answer what they ask, and do not offer to write again.',
  agreed(context),
  feedback(context),
];
