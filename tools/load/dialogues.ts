/** A run of so many simultaneous dialogues: how long everybody waited, what was lost, and what it took. */
import { percentile } from '../../bench/load.ts';
import { mb, ms, type Report } from '../../bench/report.ts';
import { conversationOf } from '../../tests/support/product.ts';
import { type CrowdOptions, playCrowd } from './crowd.ts';
import { MEMORY_LIMIT_MB, type Stage } from './stage.ts';
import { comeToRest, replyTimes, type Verdict, verify, witnessesOf } from './verify.ts';
import { type Sample, startWatch } from './watch.ts';

const QUIET_MS = 1500;
const SAMPLE_MS = 3000;
const REST_MS = 60_000;
/** Domain 25.1. */
const REPLY_TARGET_MS = 10_000;

export const measureDialogues = async (
  stage: Stage,
  databasePid: number,
  options: CrowdOptions,
  report: Report,
): Promise<Verdict> => {
  const watch = startWatch(stage, { everyMs: SAMPLE_MS, databasePid });
  const beganAt = performance.now();
  const crowd = await playCrowd(stage, options);
  const seconds = (performance.now() - beganAt) / 1000;
  const restless = await comeToRest(stage, REST_MS);
  const samples = await watch.stop();
  const verdict = await verify(witnessesOf(stage), crowd.webhooks.posted, crowd.turns);
  const times = await replyTimes(stage, crowd, QUIET_MS, conversationOf);
  const { latencies, answers, withoutRetryAfter } = crowd.webhooks;
  report.row({
    name: 'customers, turns, turns a second',
    value: `${crowd.customers}, ${crowd.turns.length}, ${(crowd.turns.length / seconds).toFixed(1)}`,
    ratio: `${(times.modelCalls / Math.max(1, times.whole.length)).toFixed(2)} model calls a turn`,
  });
  report.row({
    name: 'webhook to 200, p50 / p99',
    value: `${ms(percentile(latencies, 0.5))} / ${ms(percentile(latencies, 0.99))}`,
    ratio: `${latencies.length} webhooks`,
  });
  report.row({
    name: 'reply, p50 / p95',
    value: `${seconds1(percentile(times.whole, 0.5))} / ${seconds1(percentile(times.whole, 0.95))}`,
    ratio: `${times.whole.length} replies; ${crowd.holdingLines} asked for patience`,
    target: '< 10 s (domain 25.1)',
    // Nobody answered is no answer in time.
    met: times.whole.length > 0 && percentile(times.whole, 0.95) < REPLY_TARGET_MS,
  });
  report.row({
    name: 'of it ours (no model, no 1.5 s of quiet), p50 / p95',
    value: `${seconds1(percentile(times.ours, 0.5))} / ${seconds1(percentile(times.ours, 0.95))}`,
  });
  report.row({
    name: 'lost / doubled / unsettled / unanswered / parked',
    value: `${verdict.lost + verdict.unapplied + verdict.vanished} / ${verdict.doubled} / ${verdict.unsettled} / ${verdict.unanswered} / ${verdict.parked}`,
    target: 'none',
    met: Object.values(verdict).every((count) => count === 0),
  });
  report.row({
    name: 'turned away with 503',
    value: String(answers.get(503) ?? 0),
    ratio: `${withoutRetryAfter} without Retry-After`,
  });
  if (restless > 0)
    report.row({
      name: 'still under way a minute later',
      value: String(restless),
      target: 'none',
      met: false,
    });
  reportNeeds(report, samples, crowd.turns.length);
  return verdict;
};

const seconds1 = (value: number): string => `${(value / 1000).toFixed(2)} s`;

const reportNeeds = (report: Report, samples: readonly Sample[], turns: number): void => {
  const most = (pick: (sample: Sample) => number): number => Math.max(...samples.map(pick));
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) throw new Error('Nothing was sampled.');
  const seconds = last.at - first.at;
  report.row({
    name: 'resident memory, most',
    value: mb(most((sample) => sample.residentBytes)),
    target: `<= ${MEMORY_LIMIT_MB} MB`,
    met: most((sample) => sample.residentBytes) <= MEMORY_LIMIT_MB * 1048576,
  });
  const productMs = ((last.productCpu - first.productCpu) * 1000) / Math.max(1, turns);
  const databaseMs = ((last.databaseCpu - first.databaseCpu) * 1000) / Math.max(1, turns);
  report.row({
    name: 'processor a turn, product + database',
    value: `${productMs.toFixed(0)} + ${databaseMs.toFixed(0)} ms`,
    ratio: `rest and look-ups of the watch included`,
  });
  report.row({
    name: 'processor, product + database',
    value: `${((last.productCpu - first.productCpu) / seconds).toFixed(2)} + ${((last.databaseCpu - first.databaseCpu) / seconds).toFixed(2)} cores`,
    ratio: `event loop late by at most ${ms(most((sample) => sample.loopLateMs))} (p99)`,
  });
  report.row({
    name: 'database connections, mailbox age, most',
    value: `${most((sample) => sample.connections)}, ${ms(most((sample) => sample.mailboxAgeMs))}`,
    ratio: `${most((sample) => sample.commandsWaiting)} commands waiting`,
  });
};
