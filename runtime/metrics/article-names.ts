/** Articles by name: a number alone tells an owner little. */
import type pg from 'pg';
import type { MetricAnswer } from '../../machines/metrics/answers.ts';

/** Two items of one number: the one that is sold goes first. */
const NAMES_SQL = `select distinct on (sku) sku, name from product where sku = any($1)
  order by sku, active desc, item_id`;

type Answers = Readonly<Record<string, MetricAnswer>>;

/** The same answers; articles carry the catalog's names, those that it no longer has keep their number alone. */
export const withArticleNames = async (pool: pg.Pool, answers: Answers): Promise<Answers> => {
  const { articles } = answers;
  if (!articles || articles.parts.length === 0) return answers;
  const { parts } = articles;
  const { rows } = await pool.query<{ sku: string; name: string }>(NAMES_SQL, [parts.map(({ key }) => key)]);
  const names = new Map(rows.map(({ sku, name }) => [sku, name]));
  const named = parts.map((part) => {
    const name = names.get(part.key);
    return name === undefined ? part : { ...part, name };
  });
  return { ...answers, articles: { value: articles.value, parts: named } };
};
