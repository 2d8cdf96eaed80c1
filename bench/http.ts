/** From the webhook's first byte to 200: the event is durable, and applied by the shipped conversation machine. */
import { makePool } from '../adapters/postgres/pool.ts';
import { type Bench, type Benchmark, capped, scaled } from './bench.ts';
import { type HttpConnection, openConnection } from './http-client.ts';
import { flood, openLoop } from './load.ts';
import { mb, median, ms, perSecond } from './report.ts';
import { openShop, type Shop, WEBHOOK_HEADERS, WEBHOOK_PATH, webhookOf } from './shop.ts';

/** Enough that nobody writes more than a few messages before an answer could come. */
const CUSTOMERS = 2000;
/** At 100/s each of them writes once a second. */
const REGULARS = 100;
const CONNECTIONS = 256;
/** A load generator with more sockets than it needs measures itself. */
const OPEN_CONNECTIONS = 32;

const connections = (shop: Shop, count: number): Promise<readonly HttpConnection[]> =>
  Promise.all(Array.from({ length: count }, () => openConnection(shop.product.port)));

/** Posts on whichever connection is free; throws when the answer is not 200. */
const poster = (free: HttpConnection[], customers: number) => {
  const waiting: ((connection: HttpConnection) => void)[] = [];
  return async (i: number): Promise<void> => {
    const connection = free.pop() ?? (await new Promise<HttpConnection>((resolve) => waiting.push(resolve)));
    const status = await connection.post(WEBHOOK_PATH, WEBHOOK_HEADERS, webhookOf(i, customers, Date.now()));
    const next = waiting.shift();
    if (next) next(connection);
    else free.push(connection);
    if (status !== 200) throw new Error(`The webhook answered ${status}.`);
  };
};

/** Looked at this often, ms. */
const LOOK_MS = 50;
/** The CRM takes 300 calls in 10 s; what takes longer goes on beside the measurement, and is named. */
const SETTLE_MS = 60_000;

/** Who they are and what they may want has been found out, as for a shop's usual customers. */
const settled = async (bench: Bench, url: string): Promise<void> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  const sql = `select count(*)::int from outbox where status in ('pending', 'running')`;
  const look = async () => (await pool.query<{ count: number }>(sql)).rows[0]?.count ?? 0;
  const until = performance.now() + SETTLE_MS;
  let open = await look();
  for (; open > 0 && performance.now() < until; open = await look()) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  if (open > 0) bench.report.note(`${open} commands of new customers were still open.`);
  await pool.end();
};

/** All that was answered has been applied. What new customers set off (the CRM takes them slowly) may go on. */
const allApplied = async (url: string): Promise<void> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  const waiting = 'select exists (select from mailbox where applied_seq is null) as waiting';
  while ((await pool.query<{ waiting: boolean }>(waiting)).rows[0]?.waiting) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  await pool.end();
};

const applied = async (url: string): Promise<number> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int from mailbox where cause = 'customer' and applied_seq is not null`,
  );
  await pool.end();
  return rows[0]?.count ?? 0;
};

interface Subject {
  readonly bench: Bench;
  readonly shop: Shop;
  readonly url: string;
}

interface Flooded {
  readonly perSecond: number;
  readonly appliedPerSecond: number;
  readonly p99: number;
}

/** `count` webhooks of so many customers from message `from` on, and the steps behind them. */
const floodOnce = async (
  { bench, shop, url }: Subject,
  customers: number,
  from: number,
  count: number,
): Promise<Flooded> => {
  const many = await connections(shop, capped(bench, CONNECTIONS));
  const post = poster([...many], customers);
  const beganAt = performance.now();
  const result = await flood(count, CONNECTIONS, (i) => post(from + i));
  await allApplied(url);
  const seconds = (performance.now() - beganAt) / 1000;
  for (const connection of many) connection.close();
  if (result.failed > 0) throw new Error(`${result.failed} webhooks were not answered 200.`);
  return { ...result, appliedPerSecond: count / seconds };
};

/** Returns how many it sent. */
const latency = async ({ bench, shop }: Subject, customers: number, from: number): Promise<number> => {
  const few = await connections(shop, OPEN_CONNECTIONS);
  const post = poster([...few], customers);
  const { p50, p99, calls, failed } = await openLoop(100, scaled(bench, 10), (i) => post(from + i));
  for (const connection of few) connection.close();
  if (failed > 0) throw new Error(`${failed} webhooks were not answered 200.`);
  bench.report.row({
    name: 'to 200 at 100/s, p50 / p99',
    value: `${ms(p50)} / ${ms(p99)}`,
    target: 'p99 <= 15 ms',
    met: p99 <= 15,
  });
  return calls;
};

const run = async (bench: Bench): Promise<void> => {
  const { report } = bench;
  const url = await bench.server.database('http');
  const shop = await openShop(url);
  report.section(
    'HTTP: webhook to committed',
    `The product in its own process, ${CUSTOMERS} customers (${REGULARS} of them, who are known, at 100/s), one message per POST, ${CONNECTIONS} connections; 200 comes after the commit that makes the message durable. "Applied" counts from the first webhook until the conversation machine and its read models have taken the last.`,
  );
  const customers = capped(bench, CUSTOMERS);
  const total = scaled(bench, 6000, customers);
  let peak = shop.residentBytes();
  const idle = peak;
  const watch = setInterval(() => {
    peak = Math.max(peak, shop.residentBytes());
  }, 100);
  const subject = { bench, shop, url };
  // Before the floods, whose newcomers the CRM takes minutes to tell apart.
  const regulars = capped(bench, REGULARS);
  await floodOnce(subject, regulars, 0, regulars);
  await settled(bench, url);
  let sent = regulars;
  sent += await latency(subject, regulars, sent);
  // Warm-up: everybody has a conversation.
  await floodOnce(subject, customers, sent, customers);
  sent += customers;
  const rounds: Flooded[] = [];
  for (let round = 1; round <= bench.rounds; round++) {
    rounds.push(await floodOnce(subject, customers, sent, total));
    sent += total;
  }
  clearInterval(watch);
  const found = await applied(url);
  if (found !== sent) throw new Error(`${sent} messages were answered 200, ${found} are applied.`);
  const rate = median(rounds.map((round) => round.perSecond));
  report.row({
    name: 'webhooks committed',
    value: perSecond(rate),
    target: '>= 4,000/s',
    met: rate >= 4000,
    ratio: `p99 ${ms(median(rounds.map((round) => round.p99)))} in the flood`,
  });
  report.row({
    name: 'and applied, the wait for the last included',
    value: perSecond(median(rounds.map((round) => round.appliedPerSecond))),
  });
  report.row({
    name: 'resident memory of the product, at most',
    value: mb(peak),
    ratio: `${mb(idle)} before the first webhook`,
    target: '<= 350 MB',
    met: peak <= 350 * 1048576,
  });
  await shop.stop();
  await bench.server.drop('http');
};

export const httpBenchmark: Benchmark = { name: 'http', run };
