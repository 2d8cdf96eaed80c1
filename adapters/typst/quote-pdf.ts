/**
 * Quotations as PDF files (domain 9.13). Typst sets a usual one in some 20 ms, but forty lines with photos take more
 * than a tenth of a second of solid computing: it has a thread of its own, so that no customer waits for another's paper.
 */
import { Worker } from 'node:worker_threads';
import { Context, Effect, Layer, Schema, Semaphore } from 'effect';
import type { PressJob, Printed } from './compiler.ts';
import type { PressReply, PressRequest } from './press-worker.ts';
import type { QuoteSheet, SheetPictures } from './quote-sheet.ts';

export type { Printed } from './compiler.ts';
export type { Picture, QuoteSheet, SheetLine, SheetPart, SheetPictures, SheetZone } from './quote-sheet.ts';

/** The press is busy, took too long or died: the same quotation may be printed later. */
export class QuotePdfUnavailable extends Schema.TaggedError<QuotePdfUnavailable>()('QuotePdfUnavailable', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** The template cannot set this sheet: a fault of the product, not of the moment. */
export class QuotePdfRejected extends Schema.TaggedError<QuotePdfRejected>()('QuotePdfRejected', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export type QuotePdfError = QuotePdfUnavailable | QuotePdfRejected;

export class QuotePdf extends Context.Service<
  QuotePdf,
  {
    /** The same sheet and pictures give the same bytes. Pictures that cannot be drawn are left out and named. */
    readonly render: (sheet: QuoteSheet, pictures: SheetPictures) => Effect.Effect<Printed, QuotePdfError>;
  }
>()('treejar/adapters/typst/QuotePdf') {
  /** Starts the thread with the first quotation and ends it with the layer. */
  static readonly layer: Layer.Layer<QuotePdf> = Layer.effect(
    QuotePdf,
    Effect.gen(function* () {
      const thread = makeThread();
      yield* Effect.addFinalizer(() => Effect.promise(thread.end));
      const turn = Semaphore.makeUnsafe(1);
      let waiting = 0;
      const render = (sheet: QuoteSheet, { logo, photos }: SheetPictures) =>
        Effect.suspend(() => {
          if (waiting >= WAITING_MAX)
            return Effect.fail(unavailable('Too many quotations wait for the press'));
          waiting += 1;
          return turn
            .withPermits(1)(thread.print({ sheet, logo, photos: [...photos] }))
            .pipe(Effect.ensuring(Effect.sync(() => (waiting -= 1))));
        });
      return { render };
    }),
  );
}

/** Quotations waiting for the press, the one being printed included (G10): at most half a minute of work. */
const WAITING_MAX = 100;
/** Of one quotation; a thread that takes longer hangs, and is replaced. */
const PRINT_TIMEOUT_MS = 20_000;

const unavailable = (what: string): QuotePdfUnavailable =>
  new QuotePdfUnavailable({ message: `${what}; it is tried again.`, retryable: true });

/** One worker, replaced when it dies or hangs. */
const makeThread = () => {
  let worker: Worker | null = null;
  let jobs = 0;
  const started = (): Worker => {
    if (worker !== null) return worker;
    const fresh = new Worker(new URL('./press-worker.ts', import.meta.url));
    // An idle press keeps no process alive.
    fresh.unref();
    fresh.once('exit', () => {
      if (worker === fresh) worker = null;
    });
    worker = fresh;
    return fresh;
  };
  const end = async (): Promise<void> => {
    const last = worker;
    worker = null;
    await last?.terminate();
  };

  const print = (job: PressJob): Effect.Effect<Printed, QuotePdfError> =>
    Effect.callback<Printed, QuotePdfError>((resume) => {
      const current = started();
      jobs += 1;
      const id = jobs;
      const onMessage = (reply: PressReply): void => {
        if (reply.id !== id) return;
        stopListening();
        resume('printed' in reply ? Effect.succeed(reply.printed) : Effect.fail(rejected(reply.fault)));
      };
      const onDeath = (): void => {
        stopListening();
        resume(Effect.fail(unavailable('The press stopped')));
      };
      const stopListening = (): void => {
        current.off('message', onMessage);
        current.off('error', onDeath);
        current.off('exit', onDeath);
        current.unref();
      };
      current.on('message', onMessage);
      current.on('error', onDeath);
      current.on('exit', onDeath);
      current.ref();
      current.postMessage({ id, job } satisfies PressRequest);
      return Effect.sync(stopListening);
    }).pipe(
      Effect.timeoutOrElse({
        duration: PRINT_TIMEOUT_MS,
        orElse: () =>
          Effect.promise(end).pipe(Effect.andThen(Effect.fail(unavailable('The press took too long')))),
      }),
    );
  return { print, end };
};

const rejected = (fault: string): QuotePdfRejected =>
  new QuotePdfRejected({
    message: `The quotation's template failed: ${fault}. Report it with the number of the order.`,
    retryable: false,
  });
