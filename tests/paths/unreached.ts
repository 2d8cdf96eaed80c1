const because = (why: string, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, why]));

const LATE = 'takes a restart after the step was due; machines/conversation/outreach.test.ts has it';
const RESUMED =
  'takes an automatic answer after a step was over; machines/conversation/outreach.test.ts has it';
const SILENCE = 'takes days without any timer; machines/conversation/outreach.test.ts has it';
const QUIET = 'takes a setting that is off by default; machines/conversation/outreach.test.ts has it';

/**
 * Transitions that no path takes, each with the reason. The walk's test fails when one is missing here, and when one
 * that stands here is taken after all.
 */
export const UNREACHED: Readonly<Record<string, string>> = {
  'order.selecting: always -> order.selecting':
    'an open question is dropped after four turns, which the walk does not count; see sale/consent.test.ts',
  'order.selecting.deciding: always #3 -> order.exploring':
    'only such a dropped question leaves nothing behind; see sale/consent.test.ts',
  'deal.open: always #2 -> deal.open':
    'the walk’s shop sells one article, and another request needs another one; see deal.test.ts',
  'turn.working.checking: always #1 -> turn.speaking':
    'no customer of the walk asks for a person in words; see hand-over-evidence.test.ts',
  'turn.working.checking: always #5 -> turn.speaking':
    'the walk counts no replies in a row; see hand-over-evidence.test.ts',
  'turn.working.thinking: xstate.done.actor.think #4 -> turn.speaking':
    'the walk counts no replies in a row; see grounding/said.test.ts',
  'turn.working.understanding.identifying: xstate.after.identifyPatience.conversation.turn.working.understanding.identifying #1 -> turn.working.acting':
    'takes a CRM that is slow for two turns; see sale/open-question.test.ts',
  ...because('takes a day between an order and its decision; see sale/placed-order.test.ts', [
    'owner.manager: manager.decision #2 -> stays',
    'owner.waiting: manager.decision #2 -> stays',
  ]),
  ...because('no sound answer of the walk names an article; see photos.test.ts', [
    'turn.speaking: xstate.done.actor.send.reply #1 -> turn.showing',
    'turn.showing.finding: xstate.done.actor.findPhotos -> turn.showing.sending',
    'turn.showing.finding: xstate.error.actor.findPhotos -> turn.spoken',
    'turn.showing.sending: always #1 -> turn.showing.sending',
    'turn.showing.sending: always #2 -> turn.spoken',
    'turn.showing: manager.takeOver -> turn.idle',
    'turn.showing: manager.reply -> turn.idle',
    'turn.showing: manager.template -> turn.idle',
    'turn.showing: manager.draft -> turn.idle',
    'turn.showing: manager.decision -> turn.idle',
    'turn.showing: manager.close -> turn.idle',
    'turn.showing: channel.echo -> turn.idle',
  ]),
  ...because(RESUMED, [
    'outreach.armed.first.waiting: always -> outreach.armed.second',
    'outreach.armed.second.waiting: always -> outreach.armed.third',
    'outreach.armed.third.waiting: always -> outreach.armed.unanswered',
  ]),
  ...because(LATE, [
    'outreach.armed.first.waiting: xstate.after.followUp1.conversation.outreach.armed.first.waiting #1 -> outreach.armed.second',
    'outreach.armed.second.waiting: xstate.after.followUp2.conversation.outreach.armed.second.waiting #1 -> outreach.armed.third',
    'outreach.armed.third.waiting: xstate.after.followUp3.conversation.outreach.armed.third.waiting #1 -> outreach.armed.unanswered',
  ]),
  ...because('nothing but a turn raises it, and the message that begins a turn ends the chain', [
    'outreach.paused: contact.agreed -> outreach.agreed',
    'outreach.paused: customer.optedOut -> outreach.optedOut',
  ]),
  ...because(SILENCE, [
    'outreach.errand: always #1 -> outreach.idle',
    'outreach.errand: always #2 -> outreach.idle',
    'outreach.errand: contact.agreed -> outreach.agreed',
    'outreach.errand: customer.message #1 -> outreach.optedOut',
    'outreach.errand: customer.message #2 -> outreach.idle',
    'outreach.errand: customer.optedOut -> outreach.optedOut',
    'outreach.errand: quote.sent -> outreach.armed',
    'outreach.errand: xstate.done.actor.outreach.errand #1 -> outreach.idle',
    'outreach.errand: xstate.done.actor.outreach.errand #2 -> outreach.idle',
    'outreach.errand: xstate.error.actor.outreach.errand -> outreach.idle',
    'outreach.idle: outreach.errand -> outreach.errand',
    'outreach.stopped: outreach.errand -> outreach.errand',
  ]),
  ...because('takes a whole sale and more after it; machines/conversation/outreach.test.ts has its kind', [
    'afterSale.asking: customer.optedOut -> afterSale.over',
    'afterSale.asking: feedback.answered -> afterSale.given',
    'afterSale.asking: quote.accepted -> afterSale.ordered',
    'afterSale.delivered.waiting: xstate.after.feedbackDue.conversation.afterSale.delivered.waiting #1 -> afterSale.over',
    'afterSale.delivered: quote.accepted -> afterSale.ordered',
    'afterSale.given: quote.accepted -> afterSale.ordered',
    'afterSale.ordered: quote.accepted -> afterSale.ordered',
    'afterSale.over: quote.accepted -> afterSale.ordered',
    'outreach.paused: order.superseded -> outreach.stopped',
    'outreach.paused: quote.accepted -> outreach.stopped',
    'outreach.paused: quote.rejected -> outreach.stopped',
  ]),
  ...because(QUIET, [
    'outreach.armed.unanswered: xstate.after.answerPatience.conversation.outreach.armed.unanswered #2 -> outreach.stopped',
    'outreach.idle: xstate.done.actor.send.* -> outreach.armed',
    'outreach.stopped: xstate.done.actor.send.* -> outreach.armed',
  ]),
};

/** States that stand behind such transitions alone. */
export const UNVISITED: readonly string[] = ['turn.showing', 'turn.showing.finding', 'afterSale.given'];
