/** More webhooks than can be worked off: who is turned away and how, how soon it is over, and that nothing taken is lost. */
import { percentile } from '../../bench/load.ts';
import { mb, ms, type Report } from '../../bench/report.ts';
import { phoneOf } from './crowd.ts';
import { seededRandom } from './random.ts';
import type { Stage } from './stage.ts';
import { comeToRest, type Verdict, verify, witnessesOf } from './verify.ts';
import { startWatch } from './watch.ts';
import { newWebhookLog, postMessage, type WebhookLog } from './webhooks.ts';

export interface FloodOptions {
  readonly webhooks: number;
  /** They write in turn. */
  readonly customers: number;
  /** Webhooks under way at once, those that wait to be sent again included. */
  readonly inFlight: number;
  /** Ms after which a sender who was turned away gives up; 0: at once. */
  readonly giveUpAfterMs: number;
}

const REPEATED = 0.02;

/** Posts as fast as answers come; who is turned away comes back when told to. */
export const flood = async (stage: Pick<Stage, 'product'>, options: FloodOptions): Promise<WebhookLog> => {
  const log = newWebhookLog();
  const random = seededRandom(11);
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < options.webhooks) {
      const index = next++;
      const chatId = phoneOf(index % options.customers);
      const { giveUpAfterMs } = options;
      await postMessage(stage.product, log, chatId, `I need ${2 + (index % 40)} office chairs`, {
        giveUpAfterMs,
        repeated: REPEATED,
        random,
      });
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, sender));
  return log;
};

const SAMPLE_MS = 1000;
const REST_MS = 150_000;

export const measureOverload = async (
  stage: Stage,
  databasePid: number,
  options: FloodOptions,
  report: Report,
): Promise<Verdict> => {
  const watch = startWatch(stage, { everyMs: SAMPLE_MS, databasePid });
  const beganAt = performance.now();
  const log = await flood(stage, options);
  const floodedAt = performance.now();
  const emptyAfter = await emptied(stage, REST_MS);
  const restless = await comeToRest(stage, REST_MS);
  const answeredAt = performance.now();
  const samples = await watch.stop();
  const verdict = await verify(witnessesOf(stage), log.posted, []);
  const taken = log.posted.filter(({ takenAt }) => takenAt !== null).length;
  const seconds = (floodedAt - beganAt) / 1000;
  report.row({
    name: 'webhooks taken, answered 503',
    value: `${taken}, ${log.answers.get(503) ?? 0}`,
    ratio: `${(taken / seconds).toFixed(0)}/s taken; ${log.posted.length - taken} given up by their senders`,
  });
  report.row({
    name: '503 without Retry-After, other answers',
    value: `${log.withoutRetryAfter}, ${[...log.answers].filter(([status]) => status !== 200 && status !== 503).length}`,
    target: 'none',
    met:
      log.withoutRetryAfter === 0 &&
      [...log.answers.keys()].every((status) => status === 200 || status === 503),
  });
  report.row({
    name: 'webhook to 200, p50 / p99',
    value: `${ms(percentile(log.latencies, 0.5))} / ${ms(percentile(log.latencies, 0.99))}`,
  });
  report.row({
    name: 'mailbox: most events, oldest',
    value: `${Math.max(...samples.map((s) => s.mailboxDepth))}, ${ms(Math.max(...samples.map((s) => s.mailboxAgeMs)))}`,
    ratio: `resident ${mb(Math.max(...samples.map((s) => s.residentBytes)))}`,
  });
  report.row({
    name: 'after the last webhook: mailbox empty, all at rest',
    value: `${emptyAfter === null ? 'never' : ms(emptyAfter)}, ${restless > 0 ? `${restless} left` : ms(answeredAt - floodedAt)}`,
  });
  report.row({
    name: 'lost / doubled / unsettled / parked',
    value: `${verdict.lost + verdict.unapplied + verdict.vanished} / ${verdict.doubled} / ${verdict.unsettled} / ${verdict.parked}`,
    target: 'none',
    met: Object.values(verdict).every((count) => count === 0),
  });
  return verdict;
};

const LOOK_MS = 100;

/** Ms until no customer's message waits any more; null: not within the time. */
const emptied = async ({ pool }: Stage, withinMs: number): Promise<number | null> => {
  const beganAt = performance.now();
  while (performance.now() - beganAt < withinMs) {
    const { rows } = await pool.query<{ waiting: boolean }>(
      `select exists (select from mailbox where applied_seq is null and cause = 'customer') as waiting`,
    );
    if (rows[0]?.waiting === false) return performance.now() - beganAt;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return null;
};
