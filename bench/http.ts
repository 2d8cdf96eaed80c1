/** From the webhook's first byte to 200: the event is durable, and applied by the shipped conversation machine. */
import { makePool } from '../adapters/postgres/pool.ts';
import { type Bench, type Benchmark, capped, scaled } from './bench.ts';
import { type HttpConnection, openConnection } from './http-client.ts';
import { flood, openLoop } from './load.ts';
import { mb, median, ms, perSecond } from './report.ts';
import { openShop, type Shop, WEBHOOK_HEADERS, WEBHOOK_PATH, webhookOf } from './shop.ts';

/** Enough that nobody writes more than a few messages before an answer could come. */
const CUSTOMERS = 3000;
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

/** What new customers set off (who is this, what do they want) is over. */
const quiet = async (url: string): Promise<void> => {
  const pool = makePool(url, { max: 1, applicationName: 'treejar-bench' });
  const open = `select (select count(*) from outbox where status in ('pending', 'running'))
    + (select count(*) from mailbox where applied_seq is null) as count`;
  while (Number((await pool.query<{ count: number }>(open)).rows[0]?.count) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 200));
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

const run = async (bench: Bench): Promise<void> => {
  const { report } = bench;
  const url = await bench.server.database('http');
  const shop = await openShop(url);
  report.section(
    'HTTP: webhook to committed',
    `The product in its own process, ${CUSTOMERS} customers, one message per POST, ${CONNECTIONS} connections; 200 comes after the commit in which the conversation machine and its read models took the message.`,
  );
  const customers = capped(bench, CUSTOMERS);
  const total = scaled(bench, 6000, customers);
  let sent = 0;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, shop.residentBytes());
  }, 100);
  const rates: number[] = [];
  let p99 = 0;
  for (let round = 0; round <= bench.rounds; round++) {
    const many = await connections(shop, capped(bench, CONNECTIONS));
    const post = poster([...many], customers);
    const from = sent;
    // The first round is warm-up: every customer is new.
    const count = round === 0 ? customers : total;
    const result = await flood(count, CONNECTIONS, (i) => post(from + i));
    for (const connection of many) connection.close();
    sent += count;
    if (result.failed > 0) throw new Error(`${result.failed} webhooks were not answered 200.`);
    if (round === 0) await quiet(url);
    else {
      rates.push(result.perSecond);
      p99 = result.p99;
    }
  }
  const found = await applied(url);
  if (found !== sent) throw new Error(`${sent} messages were answered 200, ${found} are applied.`);
  const rate = median(rates);
  report.row({
    name: 'webhooks committed',
    value: perSecond(rate),
    target: '>= 4,000/s',
    met: rate >= 4000,
    ratio: `p99 ${ms(p99)} in the flood`,
  });

  const few = await connections(shop, OPEN_CONNECTIONS);
  const slow = poster([...few], customers);
  const seconds = scaled(bench, 10);
  const open = await openLoop(100, seconds, (i) => slow(sent + i));
  for (const connection of few) connection.close();
  clearInterval(watch);
  report.row({
    name: 'to 200 at 100/s, p50 / p99',
    value: `${ms(open.p50)} / ${ms(open.p99)}`,
    target: 'p99 <= 15 ms',
    met: open.p99 <= 15,
  });
  report.row({
    name: 'resident memory of the product, at most',
    value: mb(peak),
    target: '<= 350 MB',
    met: peak <= 350 * 1048576,
  });
  await shop.stop();
  await bench.server.drop('http');
};

export const httpBenchmark: Benchmark = { name: 'http', run };
