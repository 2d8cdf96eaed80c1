/** The seller's laboratory on the real product: a few of its customers, judged with noise, the same version twice. */
import { afterAll, expect, it } from 'vitest';
import { compare } from '../../tools/eval/compare.ts';
import { PERSONAS } from '../../tools/eval/personas.ts';
import { byJudge, byRules, runEval } from '../../tools/eval/run.ts';
import { AS_IT_IS } from '../../tools/eval/variant.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';

const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const db of databases) await db.drop();
});

/** A whole sale, an answer in Arabic, a hand-over. */
const CUSTOMERS = ['en-buyer-chatty', 'ar-price-asker', 'en-wants-person'];

it('plays whole dialogues, reads at the vendors what came of them, and shows how far a noisy judge is apart', async () => {
  const db = await testDatabase();
  databases.push(db);
  let seed = 3;
  const draw = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const results = await runEval({
    databaseUrl: db.url,
    variant: AS_IT_IS,
    personas: PERSONAS.filter(({ id }) => CUSTOMERS.includes(id)),
    repeats: 1,
    judgeReadings: 5,
    prepare: ({ doubles }) => doubles.openrouter.setJudgeNoise({ chance: 0.5, draw }),
  });
  expect(
    results.map(({ played, rules }) => [played.persona, rules.checks.filter(({ passed }) => !passed)]),
  ).toEqual(CUSTOMERS.toSorted((a, b) => order(a) - order(b)).map((id) => [id, []]));
  const sale = results.find(({ played }) => played.persona === 'en-buyer-chatty');
  expect(sale?.played).toMatchObject({ saleOrders: 1, contacts: 1, lines: [['CH-720-BLK', 4]] });
  expect(Number(sale?.played.costUsd)).toBeGreaterThan(0);
  expect(sale?.judged?.isEnough).toBe(true);
  expect(new Set(sale?.judged?.readings).size).toBeGreaterThan(1);
  expect(byJudge(results).map(({ pair }) => pair)).toContain('en-buyer-chatty#0');
  expect(compare(byRules(results), byRules(results), 1).finding).toBe('no evidence');
});

const order = (id: string): number => PERSONAS.findIndex((persona) => persona.id === id);
