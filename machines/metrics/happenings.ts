/** Reads out of the journal what is counted where it happened: hand-overs, quotations, sales, refusals (domain 22). Pure. */
import type { By, ConversationRecord, Happening, HappeningKind, Step } from './record.ts';

const DAY_MS = 24 * 3_600_000;
/** `[R]` A sale within so long of a hand-over or a follow-up is its effect: the sales cycle is two to three weeks (domain 2.2). */
export const EFFECT_MS = 30 * DAY_MS;
/** `[R]` An answer within so long is an answer to the follow-up. */
export const ANSWER_MS = 7 * DAY_MS;

/** The end of a burst: its step reads what the customer wrote, so that a plain yes is the customer's and no job's. */
const BURST_END = 'xstate.after.debounce.';

/** Who did what the journal row tells. What a model reports by a tool was said by the customer. */
const actorOf = (step: Step, ofResult: By): By => {
  if (step.event.startsWith('manager.') || step.event === 'channel.echo' || step.cause === 'manager')
    return 'manager';
  if (step.cause === 'customer') return 'customer';
  return step.cause === 'result' || step.event.startsWith(BURST_END) ? ofResult : 'job';
};

/** The value of a followed leaf after these changes; `undefined`: they did not touch it. */
export const changedTo = (changes: Step['changes'], leaf: string): unknown => {
  let value: unknown;
  for (const change of changes) {
    if (leaf !== change.path && !leaf.startsWith(`${change.path}/`)) continue;
    let found: unknown = change.value ?? null;
    for (const key of leaf.slice(change.path.length).split('/').slice(1)) {
      found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : null;
    }
    value = found ?? null;
  }
  return value;
};

const NEW_ORDER = [
  'order.selecting.choosingVariant',
  'order.selecting.askingQuantity',
  'order.selecting.chosen',
];
const QUOTED = ['order.quoted.asked', 'order.quoted.considering'];
const SOLD = ['order.accepted', 'order.paid', 'order.delivered'];
const PERSON = ['owner.manager.active', 'owner.answering.sending'];

interface Fold {
  owner: 'bot' | 'waiting' | 'person';
  trigger: number | null;
  /** Of the present order. */
  stage: 'open' | 'sold' | 'lost';
  /** A person had a part in this order. */
  person: boolean;
  readonly found: Happening[];
}

const amountAt = (record: ConversationRecord, at: number): string | null =>
  record.quotes.filter((quote) => quote.at <= at).at(-1)?.amount ?? null;

/** The manager who wrote last before, or just then. */
const managerBefore = (record: ConversationRecord, at: number): string | null =>
  record.said.filter(({ from, at: written }) => from === 'manager' && written <= at).at(-1)?.author ?? null;

const add = (fold: Fold, step: Step, kind: HappeningKind, by: By, key = '', amount: string | null = null) =>
  fold.found.push({ kind, at: step.at, by, key, value: null, amount });

const isIn = (step: Step, states: readonly string[]): boolean =>
  states.some((state) => step.entered.includes(state));

const foldOrder = (fold: Fold, step: Step, record: ConversationRecord): void => {
  if (isIn(step, NEW_ORDER) && fold.stage !== 'open') Object.assign(fold, { stage: 'open', person: false });
  const [sold, lost] = [isIn(step, SOLD), step.entered.includes('order.lost')];
  const closed = step.entered.includes('lifecycle.closed');
  if (isIn(step, QUOTED) && step.event.includes('send.quote'))
    add(fold, step, 'quote', 'bot', '', amountAt(record, step.at));
  if (sold && fold.stage !== 'sold') {
    const amount = amountAt(record, step.at);
    add(fold, step, 'sale', actorOf(step, 'customer'), fold.person ? 'person' : 'noor', amount);
    if (fold.person) add(fold, step, 'person_sale', 'manager', managerBefore(record, step.at) ?? '', amount);
  }
  if (step.entered.includes('order.delivered'))
    add(fold, step, 'delivered', actorOf(step, 'job'), '', amountAt(record, step.at));
  if (lost && fold.stage !== 'lost') {
    const outcome = changedTo(step.changes, '/context/sale/quote/outcome');
    const reason = fold.stage === 'sold' ? 'cancelled' : typeof outcome === 'string' ? outcome : 'rejected';
    add(fold, step, 'refusal', actorOf(step, 'customer'), reason);
  }
  if (closed && !sold && !lost && fold.stage === 'open') {
    add(fold, step, 'refusal', actorOf(step, 'customer'), 'closed');
    fold.stage = 'lost';
  }
  if (sold) fold.stage = 'sold';
  if (lost) fold.stage = 'lost';
};

const foldOwner = (fold: Fold, step: Step): void => {
  const trigger = changedTo(step.changes, '/context/owner/trigger');
  if (trigger !== undefined) fold.trigger = typeof trigger === 'number' ? trigger : null;
  if (step.entered.includes('owner.waiting') && fold.owner === 'bot') {
    // Somebody must take an accepted order on: no failure of the assistant's.
    const untold = fold.stage === 'sold' ? 'order' : 'none';
    add(fold, step, 'hand_over', 'bot', fold.trigger === null ? untold : String(fold.trigger));
    Object.assign(fold, { owner: 'waiting', person: true });
  }
  if (isIn(step, PERSON)) {
    if (fold.owner === 'bot') add(fold, step, 'take_over', 'manager');
    Object.assign(fold, { owner: 'person', person: true });
  }
  if (step.entered.includes('owner.bot') && fold.owner !== 'bot') {
    add(fold, step, 'given_back', actorOf(step, 'manager'));
    fold.owner = 'bot';
  }
};

/** What the journal's rows tell, in their order. */
export const journalHappenings = (record: ConversationRecord): readonly Happening[] => {
  const fold: Fold = { owner: 'bot', trigger: null, stage: 'open', person: false, found: [] };
  for (const step of record.steps) {
    // The order first: a person who is called because of a sale had no part in it.
    foldOrder(fold, step, record);
    foldOwner(fold, step);
    if (step.entered.includes('outreach.optedOut')) add(fold, step, 'opt_out', 'customer');
  }
  return fold.found;
};

/** Domain 7.4: how soon a person answered after a hand-over, and whether a sale followed. Counted at the hand-over. */
export const personHappenings = (
  record: ConversationRecord,
  journal: readonly Happening[],
): readonly Happening[] => {
  const called = journal.filter(({ kind }) => kind === 'hand_over' || kind === 'take_over');
  const sales = journal.filter(({ kind, key }) => kind === 'sale' && key === 'person');
  return called.flatMap((call, i) => {
    const until = called[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    const answer = record.said.find(({ from, at }) => from === 'manager' && at >= call.at && at < until);
    const won = sales.find(({ at }) => at >= call.at && at < until && at - call.at <= EFFECT_MS);
    return [
      ...(answer && call.kind === 'hand_over'
        ? [
            {
              kind: 'person_answer' as const,
              at: call.at,
              by: 'manager' as const,
              key: answer.author ?? '',
              value: answer.at - call.at,
              amount: null,
            },
          ]
        : []),
      ...(won
        ? [{ ...won, kind: 'person_won' as const, at: call.at, by: 'manager' as const, key: call.kind }]
        : []),
    ];
  });
};

/** Domain 22 "follow-up effect": sent, answered, sold; counted when it was sent. */
export const touchHappenings = (
  record: ConversationRecord,
  journal: readonly Happening[],
): readonly Happening[] => {
  const sales = journal.filter(({ kind }) => kind === 'sale');
  return record.touches.flatMap((touch, i) => {
    const until = record.touches[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    const sent = {
      kind: 'touch' as const,
      at: touch.at,
      by: 'job' as const,
      key: `${touch.kind}:${touch.step}`,
      value: null,
      amount: null,
    };
    const answer = record.said.find(
      ({ from, at }) => from === 'customer' && at > touch.at && at < until && at - touch.at <= ANSWER_MS,
    );
    const sale = sales.find(({ at }) => at > touch.at && at < until && at - touch.at <= EFFECT_MS);
    const by = 'customer' as const;
    return [
      sent,
      ...(answer ? [{ ...sent, kind: 'touch_answered' as const, by, value: answer.at - touch.at }] : []),
      ...(sale ? [{ ...sent, kind: 'touch_sale' as const, by, amount: sale.amount }] : []),
    ];
  });
};
