/** One conversation's record → its dialogues and everything in it that is counted. Pure and repeatable: the same in, the same out. */
import { dialoguesOf, type Marks, settlesAt } from './dialogues.ts';
import { changedTo, journalHappenings, personHappenings, touchHappenings } from './happenings.ts';
import type { ConversationRecord, Dialogue, Happening, Step } from './record.ts';

export interface ConversationFacts {
  readonly dialogues: readonly Dialogue[];
  readonly happenings: readonly Happening[];
  /** When it must be read again although nobody did anything, ms since the epoch. */
  readonly settlesAt: number | null;
}

const DEMAND = [
  'order.selecting.choosingVariant',
  'order.selecting.askingQuantity',
  'order.selecting.chosen',
  'order.detailing',
];

/** A followed leaf as it stood at a time. */
const historyOf = (steps: readonly Step[], leaf: string): ((at: number) => unknown) => {
  const values = steps.flatMap(({ at, changes }) => {
    const value = changedTo(changes, leaf);
    return value === undefined ? [] : [{ at, value }];
  });
  return (at) => (values.filter((one) => one.at <= at).at(-1) ?? values[0])?.value;
};

const timesOf = (steps: readonly Step[], test: (step: Step) => boolean): readonly number[] =>
  steps.filter(test).map(({ at }) => at);

const marksOf = (record: ConversationRecord, happenings: readonly Happening[]): Marks => {
  const { steps } = record;
  const [language, segment] = [
    historyOf(steps, '/context/language'),
    historyOf(steps, '/context/customer/segment'),
  ];
  return {
    persons: happenings
      .filter(({ kind }) => kind === 'hand_over' || kind === 'take_over')
      .map(({ at }) => at),
    closed: timesOf(steps, ({ entered }) => entered.includes('lifecycle.closed')),
    demand: timesOf(
      steps,
      ({ entered, changes }) =>
        DEMAND.some((state) => entered.includes(state)) || isSaid(changedTo(changes, '/context/slots/need')),
    ),
    touches: record.touches.map(({ at }) => at),
    languageAt: (at) => {
      const value = language(at);
      return typeof value === 'string' ? value : 'en';
    },
    segmentAt: (at) => {
      const value = segment(at);
      return typeof value === 'string' ? value : null;
    },
  };
};

const isSaid = (slot: unknown): boolean =>
  typeof slot === 'object' && slot !== null && 'source' in slot && slot.source === 'said';

const plain = { value: null, amount: null };

/** Articles once a dialogue, managers once a dialogue with the number of their messages, and who came back. */
const perDialogue = (record: ConversationRecord, dialogues: readonly Dialogue[]): readonly Happening[] =>
  dialogues.flatMap((dialogue, i) => {
    const until = dialogues[i + 1]?.startedAt ?? Number.POSITIVE_INFINITY;
    const said = record.said.filter(({ at }) => at >= dialogue.startedAt && at < until);
    const articles = new Map<string, Happening>();
    const managers = new Map<string, { at: number; messages: number }>();
    for (const { from: by, at, author, articles: named } of said) {
      for (const key of named) {
        if (!articles.has(key)) articles.set(key, { kind: 'article', at, by, key, ...plain });
      }
      if (by !== 'manager') continue;
      const part = managers.get(author ?? '') ?? { at, messages: 0 };
      managers.set(author ?? '', { at: part.at, messages: part.messages + 1 });
    }
    const before = dialogues[i - 1];
    return [
      ...articles.values(),
      ...[...managers].map(([key, { at, messages }]) => ({
        ...plain,
        kind: 'person_part' as const,
        at,
        by: 'manager' as const,
        key,
        value: messages,
      })),
      ...(before
        ? [
            {
              ...plain,
              kind: 'return' as const,
              at: dialogue.startedAt,
              by: 'customer' as const,
              key: '',
              value: dialogue.startedAt - before.lastAt,
            },
          ]
        : []),
    ];
  });

/** `now`: ms since the epoch. */
export const readConversation = (record: ConversationRecord, now: number): ConversationFacts => {
  const journal = journalHappenings(record);
  const marks = marksOf(record, journal);
  const dialogues = dialoguesOf(record.said, marks, now);
  return {
    dialogues,
    happenings: [
      ...journal,
      ...personHappenings(record, journal),
      ...touchHappenings(record, journal),
      ...perDialogue(record, dialogues),
    ],
    settlesAt: settlesAt(record.said, marks, now),
  };
};
