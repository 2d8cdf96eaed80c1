/** Test support: six customers of one week whose numbers are worked out by hand in metrics.test.ts. */
import { holdingLine } from '../../machines/conversation/texts.ts';
import { DAY, DAY0, HOUR, type JournalLine, MINUTE, type Story } from './testing.ts';

const BOT = ['owner.bot', 'lifecycle.open'];
/** The first row of a conversation’s journal. */
export const begins = (at: number, language: string, segment: string | null): JournalLine => ({
  at,
  cause: 'system',
  event: 'xstate.init',
  from: [],
  to: BOT,
  diff: [
    {
      op: 'add',
      path: '',
      value: { context: { language, customer: { segment }, owner: { trigger: null } } },
    },
  ],
});
/** A row that left one state for another. */
export const step = (
  at: number,
  cause: string,
  event: string,
  from: string,
  to: string,
  diff: JournalLine['diff'] = [],
): JournalLine => ({ at, cause, event, from: [from], to: [to], diff });
const trigger = (value: number | null) => [{ op: 'replace', path: '/context/owner/trigger', value }];

/** Names an article, chooses, gets a quotation, accepts it without a person: answered after 4 s, 2 s and 10 s. */
export const ANNA: Story = {
  phone: '971500000001',
  lines: [
    [DAY0, 'customer', 'Hello, the CH-616 please'],
    [DAY0 + 4_000, 'bot', 'The CH-616 costs 290 AED.'],
    [DAY0 + 60_000, 'customer', 'Two of them'],
    [DAY0 + 62_000, 'bot', 'Shall I quote?'],
    [DAY0 + 120_000, 'customer', 'Yes'],
    [DAY0 + 130_000, 'bot', 'Here it is.'],
    [DAY0 + 180_000, 'customer', 'I accept'],
    [DAY0 + 181_000, 'bot', 'Thank you.'],
  ],
  journal: [
    begins(DAY0, 'en', 'Wholesale'),
    step(DAY0 + 61_000, 'result', 'xstate.done.actor.useTools', 'order.exploring', 'order.selecting.chosen'),
    step(
      DAY0 + 131_000,
      'result',
      'xstate.done.actor.send.quote',
      'order.quoting.sending.paper',
      'order.quoted.asked',
    ),
    step(DAY0 + 180_500, 'customer', 'customer.message', 'order.quoted.asked', 'order.accepted'),
    // Somebody must take the order on: that is no part in the sale.
    step(DAY0 + 180_600, 'result', 'xstate.done.actor.think', 'owner.bot', 'owner.waiting'),
    step(DAY0 + 5 * DAY, 'job', 'order.check', 'order.accepted', 'order.delivered'),
  ],
  quotes: [{ at: DAY0 + 129_000, total: '609.00' }],
};

/** Complains (trigger 3); Omar answers ten minutes later and sells for 20,000. In Arabic. */
export const BADR: Story = {
  phone: '971500000002',
  lines: [
    [DAY0 + DAY, 'customer', 'شكوى'],
    [DAY0 + DAY + 6_000, 'bot', 'أعتذر'],
    [DAY0 + DAY + 10 * MINUTE + 6_000, 'manager', 'أنا عمر', 'Omar'],
    [DAY0 + DAY + 20 * MINUTE, 'customer', 'شكرا'],
    [DAY0 + DAY + 21 * MINUTE, 'manager', 'العرض', 'Omar'],
  ],
  journal: [
    begins(DAY0 + DAY, 'ar', null),
    step(DAY0 + DAY + 6_000, 'result', 'xstate.done.actor.think', 'owner.bot', 'owner.waiting', trigger(3)),
    step(
      DAY0 + DAY + 10 * MINUTE + 6_000,
      'manager',
      'channel.echo',
      'owner.waiting',
      'owner.manager.active',
    ),
    step(DAY0 + 2 * DAY, 'manager', 'manager.decision', 'order.quoted.considering', 'order.accepted'),
    step(
      DAY0 + 2 * DAY + HOUR,
      'manager',
      'manager.release',
      'owner.manager.active',
      'owner.bot',
      trigger(null),
    ),
  ],
  quotes: [{ at: DAY0 + DAY + 20 * MINUTE, total: '20000.00' }],
};

/** Asks what we sell, gets an answer, writes again after four hours of silence; and comes back ten days later. */
export const CARL: Story = {
  phone: '971500000003',
  lines: [
    [DAY0, 'customer', 'What do you sell?'],
    [DAY0 + 8_000, 'bot', 'Office furniture.'],
    [DAY0 + 4 * HOUR, 'customer', 'Thanks'],
    [DAY0 + 4 * HOUR + 2_000, 'bot', 'Welcome.'],
    [DAY0 + 10 * DAY, 'customer', 'Me again'],
    [DAY0 + 10 * DAY + 1_000, 'bot', 'Hello again.'],
  ],
  journal: [begins(DAY0, 'en', null)],
};

/** Quoted, silent; the first follow-up is answered after an hour, the second is not; then it expires. */
export const DINA: Story = {
  phone: '971500000004',
  lines: [
    [DAY0, 'customer', 'I need a desk'],
    [DAY0 + 3_000, 'bot', 'Here is a quotation.'],
    [DAY0 + DAY, 'bot', 'Does it suit?'],
    [DAY0 + DAY + HOUR, 'customer', 'I am thinking'],
    [DAY0 + DAY + HOUR + 5_000, 'bot', 'Of course.'],
    [DAY0 + 4 * DAY, 'bot', 'An alternative?'],
  ],
  journal: [
    begins(DAY0, 'en', null),
    {
      ...step(DAY0, 'customer', 'customer.message', 'a', 'a'),
      diff: [{ op: 'add', path: '/context/slots/need', value: { value: 'a desk', source: 'said' } }],
    },
    step(DAY0 + 10 * DAY, 'timer', 'xstate.after.quoteExpires', 'order.quoted.asked', 'order.lost', [
      { op: 'replace', path: '/context/sale/quote/outcome', value: 'expired' },
    ]),
  ],
  touches: [
    { at: DAY0 + DAY - 500, kind: 'follow_up', step: 1 },
    { at: DAY0 + 4 * DAY - 500, kind: 'follow_up', step: 2 },
    { at: DAY0 + 5 * DAY, kind: 'feedback', step: 1 },
  ],
};

/** Nobody answers her; a holding message is no answer, and what failed was never said. */
export const EVA: Story = {
  phone: '971500000005',
  lines: [
    [DAY0 + 2 * DAY, 'customer', 'Anybody there?'],
    [DAY0 + 2 * DAY + 10_000, 'bot', holdingLine('en')],
    [DAY0 + 2 * DAY + 20_000, 'note', 'call her'],
    [DAY0 + 2 * DAY + 30_000, 'customer', 'Hello?'],
  ],
  journal: [begins(DAY0 + 2 * DAY, 'en', null)],
};

/** Anna on another channel: the same person. */
export const ANNA_AGAIN: Story = {
  phone: ANNA.phone,
  channel: 'c2',
  lines: [
    [DAY0 + 3 * DAY, 'customer', 'Hello from my other number'],
    [DAY0 + 3 * DAY + 2_000, 'bot', 'Hello.'],
  ],
  journal: [begins(DAY0 + 3 * DAY, 'en', 'Wholesale')],
};

export const STORIES = [ANNA, BADR, CARL, DINA, EVA, ANNA_AGAIN];
