/** What is true of a played dialogue without asking any model: facts, side effects, language, questions, calls, time. */
import { faultsOf } from '../../tests/dialogues/checks.ts';
import type { Fact, Persona } from './persona.ts';

/** Domain 25.1: a customer is answered within so long. */
const ANSWER_WITHIN_MS = 10_000;
/** Model calls of a turn on average: the statechart's four (design 6) are for the worst turn. */
const CALLS_PER_TURN = 3;

export interface Turn {
  readonly customer: string;
  /** Everything that came before the customer wrote again; `[document]` for a file. */
  readonly replies: readonly string[];
  /** Until the first of them, ms; null: none came. */
  readonly answeredMs: number | null;
}

/** How a dialogue went and what there was afterwards, read at the vendors (domain 26.3). */
export interface Played {
  readonly persona: string;
  readonly repeat: number;
  readonly turns: readonly Turn[];
  readonly owner: string;
  readonly lines: readonly (readonly [sku: string, quantity: number])[];
  readonly known: Readonly<Partial<Record<string, string>>>;
  readonly saleOrders: number;
  readonly contacts: number;
  readonly triggers: readonly number[];
  readonly askedAgain: readonly Fact[];
  readonly modelCalls: number;
  /** Plain decimal US dollars; null: a bill is missing. */
  readonly costUsd: string | null;
}

export interface Check {
  readonly name: string;
  readonly passed: boolean;
  /** What was wrong; empty when it passed. */
  readonly found: string;
}

export interface RuleScore {
  /** Share of the checks that passed, 0 to 100. */
  readonly points: number;
  readonly checks: readonly Check[];
}

const check = (name: string, faults: readonly string[]): Check => ({
  name,
  passed: faults.length === 0,
  found: faults.join('; '),
});

/** Amounts of a quotation that the general rules do not know: VAT and totals are checked by the product's own tests. */
const AMOUNT = /is nobody's$/;
const FILE = /^\[\w+\]$/;

/** Faults of replies by the rules that the dialogues' tests hold them to (domain 3.7, 4.12, 16). */
const replyFaults = (persona: Persona, { turns }: Played) => {
  const said: string[] = [];
  const before: string[] = [];
  const faults: string[] = [];
  for (const turn of turns) {
    said.push(turn.customer);
    for (const text of turn.replies.filter((reply) => !FILE.test(reply))) {
      const told = { text, index: before.length, said: [...said], before: [...before] };
      faults.push(...faultsOf(told, {}, persona.language).filter((fault) => !AMOUNT.test(fault)));
      before.push(text);
    }
  }
  const isLanguage = (fault: string) => /domain 16|Cyrillic/.test(fault);
  const isQuestion = (fault: string) => /questions$/.test(fault);
  return {
    language: faults.filter(isLanguage),
    questions: faults.filter(isQuestion),
    form: faults.filter((fault) => !isLanguage(fault) && !isQuestion(fault)),
  };
};

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

const goalFaults = ({ wants }: Persona, played: Played): readonly string[] => {
  const replies = played.turns.flatMap(({ replies }) => replies);
  const holds = (part: string | RegExp) =>
    replies.some((reply) => (typeof part === 'string' ? reply.includes(part) : part.test(reply)));
  return [
    ...(played.owner === wants.owner ? [] : [`the chat is with ${played.owner}`]),
    ...wants.told.filter((part) => !holds(part)).map((part) => `nobody said ${String(part)}`),
    ...(wants.document && !replies.includes('[document]') ? ['no paper came'] : []),
    ...(!wants.document && replies.includes('[document]') ? ['a paper came that nobody wanted'] : []),
  ];
};

const factFaults = ({ wants, facts }: Persona, { lines, known }: Played): readonly string[] => [
  ...(wants.lines === undefined || same(lines, wants.lines) ? [] : [`the order is ${JSON.stringify(lines)}`]),
  ...wants.known
    .filter((fact) => !knows(known[fact], facts[fact]))
    .map((fact) => `${fact} is not known as told`),
];

/** `{email}` is filled in when it is said: any address of ours will do. */
const knows = (value: string | undefined, told: string | undefined): boolean =>
  value !== undefined &&
  told !== undefined &&
  (told === '{email}' ? value.includes('@') : value.includes(told));

const effectFaults = ({ wants }: Persona, played: Played): readonly string[] => [
  ...(played.saleOrders === wants.saleOrders ? [] : [`${played.saleOrders} sale orders in Inventory`]),
  ...(played.contacts === 1 ? [] : [`${played.contacts} contacts in the CRM`]),
  ...(same(played.triggers, wants.triggers)
    ? []
    : [`alerts for triggers ${JSON.stringify(played.triggers)}`]),
];

const callFaults = ({ turns, modelCalls }: Played): readonly string[] =>
  modelCalls / turns.length > CALLS_PER_TURN
    ? [`${(modelCalls / turns.length).toFixed(1)} calls a turn`]
    : [];

const timeFaults = ({ turns }: Played): readonly string[] =>
  turns.flatMap(({ answeredMs }, i) => {
    if (answeredMs === null) return [`turn ${i + 1} got no answer`];
    return answeredMs > ANSWER_WITHIN_MS ? [`turn ${i + 1} took ${Math.round(answeredMs)} ms`] : [];
  });

export const scoreByRules = (persona: Persona, played: Played): RuleScore => {
  const { language, questions, form } = replyFaults(persona, played);
  const checks = [
    check('goal', goalFaults(persona, played)),
    check('facts', factFaults(persona, played)),
    check('side effects', effectFaults(persona, played)),
    check('language', language),
    check('questions', questions),
    check(
      'asked once',
      played.askedAgain.map((fact) => `${fact} was asked for again`),
    ),
    check('form', form),
    check('calls', callFaults(played)),
    check('time', timeFaults(played)),
  ];
  const passed = checks.filter((one) => one.passed).length;
  return { points: Math.round((passed * 1000) / checks.length) / 10, checks };
};
