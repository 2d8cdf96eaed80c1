/**
 * Explores the machine breadth first. Two places are one when they look alike to every pair of regions: a place is walked
 * on from only if it shows a pair of facts that no earlier one showed. So the number of places grows with the pairs, not
 * with the product of the regions, and every path is a short one.
 */
import { quantityAnswered } from '../../machines/conversation/sale/open-question.ts';
import { awaitsDecision, isPlacedNow } from '../../machines/conversation/sale/placed-order.ts';
import { asksForQuote, saysYes } from '../../machines/conversation/sale/wishes.ts';
import { nameOf } from './coverage.ts';
import { movesOf } from './moves.ts';
import { makePairs, type Pairs } from './pairs.ts';
import { begin, contextOf, leavesOf, type Place, type Step } from './place.ts';

export interface Explored {
  /** Labels of the moves that lead to each kept place, from the beginning. */
  readonly places: readonly { readonly place: Place; readonly path: readonly string[] }[];
  /** The shortest path that takes each transition. */
  readonly firstPaths: ReadonlyMap<string, readonly string[]>;
  readonly steps: number;
  /** Broken rules with the path that breaks them. */
  readonly faults: readonly string[];
}

export interface ExploreOptions {
  /** G10: the walk ends here, whatever is left. */
  readonly stepsMax: number;
  readonly faultsMax: number;
  readonly check: (step: Step) => readonly string[];
}

export const explore = ({ stepsMax, faultsMax, check }: ExploreOptions): Explored => {
  const pairs = makePairs(tellsApart);
  const places: { place: Place; path: readonly string[] }[] = [{ place: begin(), path: [] }];
  const firstPaths = new Map<string, readonly string[]>();
  const faults: string[] = [];
  let steps = 0;
  for (let next = 0; next < places.length && steps < stepsMax && faults.length < faultsMax; next++) {
    const here = places[next];
    if (!here) break;
    for (const move of movesOf(here.place)) {
      steps += 1;
      const path = [...here.path, move.label];
      const step = move.take();
      for (const fault of check(step)) faults.push(`${fault}\n    after ${path.join(' / ')}`);
      for (const transition of step.taken) {
        const name = nameOf(transition);
        if (!firstPaths.has(name)) firstPaths.set(name, path);
      }
      // What nobody took changed nothing that a place is told apart by, except a program that ended.
      if (step.taken.length === 0 && move.kind === 'event') continue;
      if (showsSomethingNew(pairs, step.after)) places.push({ place: step.after, path });
    }
  }
  return { places, firstPaths, steps, faults };
};

const showsSomethingNew = (pairs: Pairs, place: Place): boolean => {
  const leaves = leavesOf(place).map(pairs.numberOf);
  const facts = [...factsOf(place).map(pairs.numberOf), ...shapesOf(pairs, place)];
  let isNew = false;
  for (const leaf of leaves) {
    for (const other of leaves) if (pairs.show(leaf, other)) isNew = true;
    for (const fact of facts) if (pairs.show(leaf, fact)) isNew = true;
  }
  return isNew;
};

/** What is written first looks at who owns the chat, whether it is open, how the order stands, and at its own facts. */
const OWN = /^(?:outreach|afterSale)\./;
const LOOKED_AT = /^(?:outreach|afterSale|owner|lifecycle|order)\./;
/** These two last through turns and closed windows: what is said in them matters. */
const LASTING = /^(?:outreach\.agreed|afterSale\.asking)/;
const areRelated = (leaf: string, other: string): boolean => looksAt(leaf, other) && looksAt(other, leaf);
const looksAt = (leaf: string, other: string): boolean =>
  !OWN.test(leaf) || LOOKED_AT.test(other) || (LASTING.test(leaf) && /^(?:turn|window)\./.test(other));
const matters = (leaf: string, fact: string): boolean => {
  if (OWN.test(leaf))
    return (
      /outreach|afterSale/.test(fact) || (LASTING.test(leaf) && /^turn\.(?:modelCalls|toolCalls)/.test(fact))
    );
  if (fact.startsWith('next comes')) return leaf.startsWith('owner.');
  return !/^(?:outreach|afterSale)/.test(fact);
};

/** States are dotted paths; every fact is a sentence or an equation. */
const isLeaf = (name: string): boolean => !/[ =]/.test(name);

/** Whether a leaf and what stands beside it say something together. */
const tellsApart = (leaf: string, other: string): boolean =>
  isLeaf(other) ? leaf < other && areRelated(leaf, other) : matters(leaf, other);

/** What runs and waits. */
const factsOf = (place: Place): readonly string[] => [
  ...new Set([...place.children.values()].map(({ src }) => `runs ${src}`)),
  ...wishesOf(place),
  ...dueNext(place),
];

/** Shapes of the context's areas by name and the area itself: most steps change one or two of them. */
const shapes = new Map<string, WeakMap<object, readonly number[]>>();

const shapesNamed = (key: string): WeakMap<object, readonly number[]> => {
  const known = shapes.get(key) ?? new WeakMap();
  shapes.set(key, known);
  return known;
};

/** The shape of the context: sizes and presence, never the values themselves. */
const shapesOf = (pairs: Pairs, place: Place): readonly number[] =>
  Object.entries(contextOf(place)).flatMap(([key, area]: readonly [string, unknown]) => {
    const known = isObject(area) ? shapesNamed(key).get(area) : undefined;
    if (known) return known;
    const numbers = shapeOf('', { [key]: area }, 0).map(pairs.numberOf);
    if (isObject(area)) shapesNamed(key).set(area, numbers);
    return numbers;
  });

const isObject = (value: unknown): value is object => value !== null && typeof value === 'object';

/** What the customer's waiting words say about a quotation, where that decides what may be offered or accepted. */
const wishesOf = (place: Place): readonly string[] => {
  const { pending, consent, sale, replies } = contextOf(place);
  const words = pending.at(-1)?.text ?? '';
  return [
    ...(sale.requestedAt === null ? [] : ['waits for a quotation']),
    ...(asksForQuote(words) ? [`asks for a quotation, ${consent.status}`] : []),
    ...(sale.quote?.askedAfter === replies && saysYes(words) ? ['says yes to the quotation'] : []),
    ...(isPlacedNow(contextOf(place)) ? ['places the order'] : []),
    ...(quantityAnswered(contextOf(place)) === null ? [] : ['says how many']),
    ...(awaitsDecision(contextOf(place)) ? ['waits for a decision'] : []),
  ];
};

/** Outreach waits for days: that its moment comes before any other one is a fact of its own. */
const dueNext = ({ timers }: Place): readonly string[] => {
  const [next] = [...timers.values()].sort((a, b) => a.dueAt - b.dueAt);
  return next && /\.(?:outreach|afterSale)\./.test(next.id) ? [`next comes ${next.id}`] : [];
};

const DEPTH = 2;

/** Identity, settings and counters of the whole life: they say nothing about what can happen next. */
const IRRELEVANT =
  /^(id|channelId|chatId|timing|createdAt|usage|dialogue|outboundCount|seenIds|turn\.steps|turn\.number|consent|sale|outreach\.(last|sentId|stopped|agreements|chain\.|agreed\.|pause\.|errand\.)|afterSale\.(answers|order)\.)\b/;

/** Words that choose what happens next. */
const TELLING = /(^|\.)(kind|name|source|role|by|language|stage|outcome)$/;
const WORD = /^[a-z_]{1,24}$/;

type Shape = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Shape =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const shapeOf = (path: string, value: Shape, depth: number): readonly string[] =>
  Object.entries(value).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (IRRELEVANT.test(at)) return [];
    if (Array.isArray(inner)) {
      const last: unknown = inner.at(-1);
      return [
        `${at}=${inner.length > 1 ? 'many' : inner.length}`,
        ...(isRecord(last) ? shapeOf(at, last, DEPTH) : []),
      ];
    }
    if (isRecord(inner) && depth < DEPTH) return shapeOf(at, inner, depth + 1);
    return [`${at}=${bucketOf(at, inner)}`];
  });

const COUNTED_EXACTLY = 4;

const bucketOf = (path: string, value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return value <= COUNTED_EXACTLY ? String(value) : 'more';
  if (typeof value === 'string' && TELLING.test(path) && WORD.test(value)) return value;
  return 'some';
};
