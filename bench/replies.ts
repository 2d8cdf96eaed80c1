/**
 * How long a customer waits: from the webhook of the last message to the reply at the channel, with a model that thinks
 * for two seconds at each call. What the calls and the end of the burst do not explain is ours.
 */
import type pg from 'pg';
import { makePool } from '../adapters/postgres/pool.ts';
import {
  conversationOf,
  type Doubles,
  inbound,
  type Product,
  replies,
  startDoubles,
  startProduct,
  until,
} from '../tests/support/product.ts';
import { type Bench, type Benchmark, scaled } from './bench.ts';

/** What a dialogue model of today takes for an answer of a few lines. */
const MODEL_MS = 2000;
/** As shipped (contract 2). */
const DEBOUNCE_MS = 1500;
const DEBOUNCE_MAX_MS = 6000;
/** Design 6: a usual answer needs one or two calls. */
const CALLS_MAX = 2;
/** Ours beside model and burst: retrieval, tools, commits, the channel. */
const OWN_MS_MAX = 500;
const PATIENCE_MS = 90_000;

interface Scene {
  readonly name: string;
  /** Said and answered before; not measured. */
  readonly before: readonly string[];
  readonly says: string;
}

const SCENES: readonly Scene[] = [
  { name: 'greeting', before: [], says: 'Hello' },
  { name: 'product', before: [], says: 'Hi, I need 10 office chairs under 500 AED' },
  {
    name: 'comparison',
    before: ['I need office chairs'],
    says: 'What is the difference between CH-616 and CH-720-BLK?',
  },
  { name: 'stock', before: ['I need office chairs'], says: 'How many CH-720-BLK do you have in stock?' },
  {
    name: 'quote',
    before: [
      'I need office chairs',
      "I'll take 4 of CH-720-BLK",
      'My name is Omar and my company is Falcon Trading, omar@falcon-trading.example',
    ],
    says: 'Please send me a quotation for them',
  },
  { name: 'Arabic', before: [], says: 'مرحبا، أحتاج إلى 10 كراسي مكتب' },
  { name: 'hand-over', before: [], says: 'I want to talk to a manager, please' },
];

interface Stage {
  readonly product: Product;
  readonly doubles: Doubles;
  readonly pool: pg.Pool;
}

/** Resolves with the ms from the webhook to the reply. */
const ask = async ({ product, doubles }: Stage, phone: string, text: string): Promise<number> => {
  const known = replies(doubles, phone).length;
  const beganAt = performance.now();
  const { status } = await product.webhook({ messages: [inbound(phone, text)] });
  if (status !== 200) throw new Error(`The webhook answered ${status}.`);
  await until('a reply', () => replies(doubles, phone).length > known, PATIENCE_MS);
  return performance.now() - beganAt;
};

const modelCalls = async ({ pool }: Stage, phone: string): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int from outbox where actor_id = $1 and name = 'think'`,
    [conversationOf(phone)],
  );
  return rows[0]?.count ?? 0;
};

interface Measured {
  readonly name: string;
  readonly calls: number;
  readonly ms: number;
}

const play = async (stage: Stage, scene: Scene, index: number): Promise<Measured> => {
  const phone = `97150200${String(index).padStart(4, '0')}`;
  for (const text of scene.before) await ask(stage, phone, text);
  const before = await modelCalls(stage, phone);
  const ms = await ask(stage, phone, scene.says);
  return { name: scene.name, ms, calls: (await modelCalls(stage, phone)) - before };
};

const openStage = async (bench: Bench, modelMs: number, debounceMs: number): Promise<Stage> => {
  const url = await bench.server.database('replies');
  const doubles = await startDoubles();
  const product = await startProduct({
    databaseUrl: url,
    env: {
      ...doubles.env,
      DEBOUNCE_MS: String(debounceMs),
      DEBOUNCE_MAX_MS: String(DEBOUNCE_MAX_MS),
      // A holding line in between would be counted as the reply.
      REPLY_DEADLINE_MS: '60000',
      LOG_LEVEL: 'error',
      STATELY_INSPECT: '',
    },
  });
  await until(
    'the catalog',
    async () => (await product.api('GET', '/products?limit=1')).body.items.length > 0,
    PATIENCE_MS,
  );
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  const stage = { product, doubles, pool };
  // The first turn after a start compiles and connects; no customer meets it twice.
  await ask(stage, '971502009999', 'I need office chairs');
  doubles.openrouter.setLatency(modelMs);
  return stage;
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

const run = async (bench: Bench): Promise<void> => {
  const modelMs = Math.min(MODEL_MS, scaled(bench, MODEL_MS * 5));
  const debounceMs = Math.min(DEBOUNCE_MS, scaled(bench, DEBOUNCE_MS * 5));
  bench.report.section(
    'Replies',
    `The whole product with doubles for the vendors, the model thinking ${modelMs} ms a call; ${debounceMs} ms of quiet end a burst (DEBOUNCE_MS). From the webhook of the last message to the reply at the channel; all scenes side by side. "Ours" is what neither the model nor the end of the burst explains.`,
  );
  const stage = await openStage(bench, modelMs, debounceMs);
  const played = await Promise.all(SCENES.map((scene, index) => play(stage, scene, index)));
  for (const { name, calls, ms } of played) {
    const own = ms - debounceMs - calls * modelMs;
    bench.report.row({
      name,
      value: seconds(ms),
      ratio: `${calls} model calls, ours ${Math.round(own)} ms`,
      target: `<= ${CALLS_MAX} calls, ours <= ${OWN_MS_MAX} ms`,
      met: calls <= CALLS_MAX && own <= OWN_MS_MAX,
    });
  }
  await stage.product.stop();
  await stage.doubles.close();
  await stage.pool.end();
  await bench.server.drop('replies');
};

export const repliesBenchmark: Benchmark = { name: 'replies', run };
