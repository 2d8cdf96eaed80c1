import { isoDay, localTime } from '../../business-hours/zone.ts';
import { readAgreedTime } from '../../outreach/agreed-time.ts';
import { DEFAULT_OUTREACH_TIMING } from '../../outreach/schedule.ts';
import { type ChangeTool, isText, text, toolSpec } from './tool.ts';

const MAX_ABOUT_CHARS = 200;

/** `2026-03-05 15:00` on the shop's clock. */
const shown = (at: number, timeZone: string): string => {
  const local = localTime(at, timeZone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${isoDay(local)} ${two(Math.floor(local.minute / 60))}:${two(local.minute % 60)}`;
};

/** A follow-up at a time that the customer named; the machine bounds it (domain 5.15, lesson F-24). */
export const agreeNextContact: ChangeTool = {
  kind: 'change',
  spec: toolSpec(
    'agree_next_contact',
    'Plan to write to the customer again at a time they agreed to. Use it before you promise to come back.',
    {
      when: text('Local date and time such as 2026-03-05T15:00, or a duration such as P3D'),
      about: text('What it will be about, in the customer’s language'),
    },
    ['when', 'about'],
  ),
  isOffered: (context) => context.outreach.optedOutAt === null,
  problem: (args) =>
    isText(args.when, 200) && isText(args.about, 1000)
      ? null
      : 'agree_next_contact needs when and about, both as text.',
  apply: (context, args, at) => {
    const timing = context.timing.outreach ?? DEFAULT_OUTREACH_TIMING;
    const found = readAgreedTime(String(args.when), at, timing);
    if ('problem' in found) {
      return { update: {}, raise: [], answer: { ok: false, reason: found.problem } };
    }
    const about = String(args.about).replace(/\s+/g, ' ').trim().slice(0, MAX_ABOUT_CHARS);
    const agreedFor = shown(found.at, timing.timeZone);
    return {
      update: {
        turn: { ...context.turn, evidence: { ...context.turn.evidence, agreedFor } },
      },
      raise: [{ type: 'contact.agreed', when: found.at, about }],
      answer: { ok: true, agreedFor, note: 'You will write to the customer then.' },
    };
  },
};
