/** 500 watchers: how long after its commit a step is at a watcher's socket. */
import { type Bench, type Benchmark, capped, scaled } from './bench.ts';
import { openConnection } from './http-client.ts';
import { openLoop, percentile } from './load.ts';
import { mb, ms } from './report.ts';
import { conversationOf, openShop, type Shop, WEBHOOK_HEADERS, WEBHOOK_PATH, webhookOf } from './shop.ts';

const WATCHERS = 500;
/** Five watchers each: a team that looks at the same chats. */
const CUSTOMERS = 100;
const PER_SECOND = 50;

interface Frame {
  readonly type?: string;
  readonly data?: { readonly at?: string };
}

/** Resolves when the server has sent the start; from then on each transition's age goes to `seen`, ms. */
const watch = (
  shop: Shop,
  token: string,
  customer: number,
  seen: (ageMs: number) => void,
): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${shop.product.port}/api/v1/live?token=${token}`);
    socket.onerror = () => reject(new Error('A watcher was refused.'));
    socket.onclose = () => reject(new Error('A watcher was turned away.'));
    socket.onopen = () =>
      socket.send(JSON.stringify({ subscribe: `conversation:${conversationOf(customer)}` }));
    socket.onmessage = ({ data }) => {
      const now = Date.now();
      const frame = JSON.parse(String(data)) as Frame;
      if (frame.type === 'error') reject(new Error(`A watcher was refused: ${String(data)}`));
      if (frame.type === 'snapshot') resolve(socket);
      if (frame.type === 'transition' && frame.data?.at !== undefined) seen(now - Date.parse(frame.data.at));
    };
  });

/** A webhook is answered before its step: only what is there can be subscribed to. */
const appear = async (shop: Shop, customer: number): Promise<void> => {
  const path = `/conversations/${encodeURIComponent(conversationOf(customer))}`;
  while ((await shop.product.api('GET', path)).status === 404)
    await new Promise((resolve) => setTimeout(resolve, 20));
};

const run = async (bench: Bench): Promise<void> => {
  const url = await bench.server.database('fanout');
  const shop = await openShop(url);
  const seconds = scaled(bench, 10);
  const watchers = capped(bench, WATCHERS);
  const customers = capped(bench, CUSTOMERS);
  bench.report.section(
    'Fan-out',
    `${watchers} sockets on ${customers} conversations, ${PER_SECOND} messages a second for ${seconds} s. From the journal row's time, taken before the commit, to the watcher's callback, in whole milliseconds.`,
  );
  const connection = await openConnection(shop.product.port);
  const post = (i: number): Promise<number> =>
    connection.post(WEBHOOK_PATH, WEBHOOK_HEADERS, webhookOf(i, customers, Date.now()));
  for (let i = 0; i < customers; i++) await post(i);
  for (let i = 0; i < customers; i++) await appear(shop, i);
  let peak = 0;
  const memory = setInterval(() => {
    peak = Math.max(peak, shop.residentBytes());
  }, 100);
  const ages: number[] = [];
  const sockets: WebSocket[] = [];
  for (let i = 0; i < watchers; i++) {
    const { body } = await shop.product.api('POST', '/live/token', {});
    sockets.push(await watch(shop, body.token, i % customers, (age) => void ages.push(age)));
  }
  // One connection, one request at a time: more would only measure the queue in front of it.
  let last: Promise<unknown> = Promise.resolve();
  const sent = await openLoop(PER_SECOND, seconds, (i) => {
    last = last.then(() => post(customers + i));
    return last;
  });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const expected = Math.floor((sent.calls * watchers) / customers);
  if (ages.length < expected) throw new Error(`${ages.length} frames came, at least ${expected} were due.`);
  const p99 = percentile(ages, 0.99);
  bench.report.row({
    name: 'commit to socket, p50 / p99',
    value: `${ms(percentile(ages, 0.5))} / ${ms(p99)}`,
    ratio: `${ages.length} frames`,
    target: 'p99 <= 50 ms',
    met: p99 <= 50,
  });
  clearInterval(memory);
  bench.report.row({
    name: 'resident memory of the product, at most',
    value: mb(peak),
    target: '<= 350 MB',
    met: peak <= 350 * 1048576,
  });
  for (const socket of sockets) socket.close();
  connection.close();
  await shop.stop();
  await bench.server.drop('fanout');
};

export const fanOutBenchmark: Benchmark = { name: 'fan-out', run };
