/** The chain behind a message, from the journal and from what was remembered at its step. Pure. */
import type { Evidence, Turn } from '../../machines/conversation/context.ts';
import type { Journal } from '../api/types.ts';

type Row = Pick<Journal, 'seq' | 'from' | 'to' | 'event' | 'guards' | 'importance' | 'ignored' | 'title'>;

/** Longer turns are shown from their newest steps. */
const MAX_STEPS = 60;

const idles = (states: readonly string[]): boolean => states.includes('turn.idle');

/**
 * Rows from the one that began the turn to `seq`. A message outside any turn (a manager's, a reminder) has its own row
 * alone.
 */
export const turnOf = <R extends Row>(rows: readonly R[], seq: number): readonly R[] => {
  const end = rows.findIndex((row) => row.seq === seq);
  const row = rows[end];
  if (row === undefined) return [];
  if (idles(row.from)) return [row];
  let start = end;
  while (start > 0 && end - start < MAX_STEPS) {
    start -= 1;
    const before = rows[start];
    if (before === undefined || idles(before.from)) break;
  }
  return rows.slice(start, end + 1);
};

/** Steps of the chain that say something: no delivery news, nothing that had no effect. */
export const tellingSteps = <R extends Row>(rows: readonly R[]): readonly R[] =>
  rows.filter((row) => row.importance > 0 && row.ignored === null);

export interface Known {
  readonly products: Evidence['products'];
  readonly articles: Evidence['articles'];
  readonly orders: NonNullable<Evidence['orders']>;
  /** Tools with their arguments, as the model wrote them. */
  readonly asked: readonly { readonly name: string; readonly args: string }[];
  readonly problems: readonly string[];
  /** Null: this step did not check a reply. */
  readonly sound: boolean | null;
}

const list = <T>(value: readonly T[] | undefined): readonly T[] => value ?? [];

/** What the turn had found at the step. Read with care: journals outlive the shape of what they hold. */
export const knownOf = (context: unknown): Known => {
  const turn = (context as { readonly turn?: Partial<Turn> } | null)?.turn;
  const evidence: Partial<Evidence> = turn?.evidence ?? {};
  const products = new Map(
    [...list(evidence.briefedProducts), ...list(evidence.products)].map((product) => [product.sku, product]),
  );
  const articles = new Map(
    [...list(evidence.briefedArticles), ...list(evidence.articles)].map((article) => [article.id, article]),
  );
  const steps = list(turn?.steps);
  return {
    products: [...products.values()],
    articles: [...articles.values()],
    orders: list(evidence.orders),
    asked: steps.flatMap((step) =>
      step.role === 'assistant' ? step.toolCalls.map(({ name, arguments: args }) => ({ name, args })) : [],
    ),
    problems: steps.flatMap((step) => (step.role === 'repair' ? [step.content] : [])),
    sound: turn?.verdict?.ok ?? null,
  };
};

/** Products that the text names, by article or name; all of them when it names none. */
export const namedIn = (text: string, products: Known['products']): Known['products'] => {
  const said = text.toLowerCase();
  const named = products.filter(
    ({ sku, name }) => said.includes(sku.toLowerCase()) || said.includes(name.toLowerCase()),
  );
  return named.length > 0 ? named : products;
};

/** `windowOpen` is read as `window open`, `and: a b` as it is. */
export const guardWords = (guard: string): string =>
  guard.replaceAll(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
