/** Reports as PDF files, one at a time, each in a thread of its own. */
import { Worker } from 'node:worker_threads';
import { Effect, Schema, Semaphore } from 'effect';
import type { PrintedReport, Sheet } from './report-compiler.ts';
import type { ReportReply } from './report-worker.ts';

export type { PrintedReport } from './report-compiler.ts';

/** The press is busy, took too long or died: ask again. */
export class ReportPdfUnavailable extends Schema.TaggedError<ReportPdfUnavailable>()('ReportPdfUnavailable', {
  retryable: Schema.Boolean,
  message: Schema.String,
}) {}

/** The template cannot set this report: a fault of the product. */
export class ReportPdfRejected extends Schema.TaggedError<ReportPdfRejected>()('ReportPdfRejected', {
  retryable: Schema.Boolean,
  message: Schema.String,
}) {}

export type ReportPdfError = ReportPdfUnavailable | ReportPdfRejected;

/** Reports waiting for the press, the one being set included (G10). */
const WAITING_MAX = 10;
/** Starting the thread and reading the fonts takes most of a second; a busy machine some more. */
const PRINT_TIMEOUT_MS = 30_000;

const turn = Semaphore.makeUnsafe(1);
let waiting = 0;

const unavailable = (what: string): ReportPdfUnavailable =>
  new ReportPdfUnavailable({ retryable: true, message: `${what}; ask for the report again in a minute.` });

/** The same sheet gives the same paper. `sheet`: plain JSON, as the template reads it. */
export const printReport = (sheet: Sheet): Effect.Effect<PrintedReport, ReportPdfError> =>
  Effect.suspend(() => {
    if (waiting >= WAITING_MAX) return Effect.fail(unavailable('Too many reports wait for the press'));
    waiting += 1;
    return turn
      .withPermits(1)(inThread(sheet))
      .pipe(Effect.ensuring(Effect.sync(() => (waiting -= 1))));
  });

const inThread = (sheet: Sheet): Effect.Effect<PrintedReport, ReportPdfError> =>
  Effect.callback<PrintedReport, ReportPdfError>((resume) => {
    const worker = new Worker(new URL('./report-worker.ts', import.meta.url), { workerData: sheet });
    worker.once('message', (reply: ReportReply) => {
      resume('pdf' in reply ? Effect.succeed(reply) : Effect.fail(rejected(reply.fault)));
    });
    worker.once('error', () => resume(Effect.fail(unavailable('The press stopped'))));
    worker.once('exit', () => resume(Effect.fail(unavailable('The press ended without a paper'))));
    return Effect.promise(() => worker.terminate());
  }).pipe(
    Effect.timeoutOrElse({
      duration: PRINT_TIMEOUT_MS,
      orElse: () => Effect.fail(unavailable('The press took too long')),
    }),
  );

const rejected = (fault: string): ReportPdfRejected =>
  new ReportPdfRejected({
    retryable: false,
    message: `The report's template failed: ${fault}. Report it with the report's id.`,
  });
