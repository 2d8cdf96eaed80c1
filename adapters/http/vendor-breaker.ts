/**
 * The circuit of one vendor client: after several failures in a row the vendor is left alone, calls fail at once, and
 * after a wait a single call tries whether it is back (design 5). Refusals (4xx) never open it: the vendor lives.
 */
import { Cause, Clock, Duration, Effect, Exit, Option, Schedule, Scope } from 'effect';
import { CircuitBreaker } from 'effect/persistence';
import { type CallStats, type FailureClass, makeCallStats } from './call-stats.ts';
import { VendorCircuitOpen } from './vendor-errors.ts';
import { type Circuit, processHealth, type VendorHealthRegistry } from './vendor-health.ts';

export interface BreakerPolicy {
  /** Failures in a row that open the circuit. */
  readonly failures: number;
  /** Of the first opening, ms; each one that follows soon is twice as long, up to {@link openMaxMs}. */
  readonly openMs: number;
  readonly openMaxMs: number;
}

/** A vendor that is back must be noticed well inside the 50 s in which a Wazzup send may be repeated (design G5). */
export const DEFAULT_POLICY: BreakerPolicy = { failures: 5, openMs: 1000, openMaxMs: 30_000 };

/** When another call is trying the vendor: about as long as such a try takes, ms. */
const PROBE_WAIT_MS = 500;

/** How an ended call is judged: `null` is a success. */
export interface Judge<A, E> {
  readonly answered: (answer: A) => FailureClass | null;
  readonly failed: (error: E) => FailureClass | null;
  /** How long the vendor asks to be left alone, ms. */
  readonly retryAfterMs?: (answer: A) => number | undefined;
}

export interface VendorBreaker {
  /**
   * Runs the call through the circuit, and counts and times it; `untimed` ones are counted only. A cancelled call says
   * nothing about the vendor.
   */
  readonly guard: <A, E>(
    call: Effect.Effect<A, E>,
    judge: Judge<A, E>,
    options?: { readonly untimed?: boolean },
  ) => Effect.Effect<A, E | VendorCircuitOpen>;
  /** Fails when a call would be refused now: spares a caller the queue before {@link guard}. */
  readonly check: Effect.Effect<void, VendorCircuitOpen>;
}

export interface BreakerOptions {
  readonly policy?: Partial<BreakerPolicy>;
  readonly registry?: VendorHealthRegistry;
}

/** Makes the breaker of one client and registers its health. `vendor` comes from a closed set: it labels metrics. */
export const breakerFor = (vendor: string, options: BreakerOptions = {}): VendorBreaker => {
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  const breaker = makeBreaker(policy);
  const stats = makeCallStats();
  const state = breaker.state(vendor).pipe(Effect.orDie);
  (options.registry ?? processHealth).register({
    vendor,
    circuit: Effect.map(state, circuitOf),
    counts: stats.read,
  });
  const refuse = (retryAfterMs: number) => {
    stats.refused();
    return circuitOpen(vendor, retryAfterMs);
  };
  return {
    guard: (call, judge, { untimed = false } = {}) =>
      counted(call, judge, stats, untimed).pipe(
        breaker.execute({ key: vendor, classify: (exit) => outcomeOf(exit, judge) }),
        Effect.mapError((error) =>
          error instanceof CircuitBreaker.CircuitBreakerError ? refuse(waitOf(error)) : error,
        ),
      ),
    check: state.pipe(
      Effect.flatMap((now) =>
        now._tag === 'Open' && circuitOf(now) === 'open'
          ? Effect.fail(refuse(Math.ceil(Duration.toMillis(now.retryAfter))))
          : Effect.void,
      ),
    ),
  };
};

/** The store keeps nothing but one circuit in memory, so that the scope never needs to be closed. */
const makeBreaker = (policy: BreakerPolicy): CircuitBreaker.CircuitBreaker => {
  const growing = Schedule.exponential(policy.openMs);
  return Effect.runSync(
    CircuitBreaker.make({
      tripPolicy: CircuitBreaker.consecutive(policy.failures),
      openDuration: Schedule.min([growing, Schedule.spaced(policy.openMaxMs)]),
      maxOpenDuration: policy.openMaxMs,
    }).pipe(Effect.provide(CircuitBreaker.layerStoreMemory()), Scope.provide(Scope.makeUnsafe())),
  );
};

const counted = <A, E>(
  call: Effect.Effect<A, E>,
  judge: Judge<A, E>,
  stats: CallStats,
  untimed: boolean,
): Effect.Effect<A, E> =>
  Effect.flatMap(Clock.currentTimeMillis, (startedAt) =>
    Effect.onExit(call, (exit) =>
      Clock.currentTimeMillis.pipe(
        Effect.tap((now) => {
          const end = endOf(exit, judge);
          return end === 'ignored'
            ? Effect.void
            : Effect.sync(() => stats.ended(now, untimed ? null : Math.max(0, now - startedAt), end));
        }),
      ),
    ),
  );

/** A cancelled call and a fault of our own program are nobody's failure. */
const endOf = <A, E>(exit: Exit.Exit<A, E>, judge: Judge<A, E>): FailureClass | null | 'ignored' => {
  if (Exit.isSuccess(exit)) return judge.answered(exit.value);
  return Option.match(Cause.findErrorOption(exit.cause), {
    onNone: () => 'ignored',
    onSome: (error) => judge.failed(error),
  });
};

const opens = (failure: FailureClass | null): boolean =>
  failure === 'unreachable' || failure === 'timeout' || failure === 'server';

const outcomeOf = <A, E>(exit: Exit.Exit<A, E>, judge: Judge<A, E>): CircuitBreaker.Outcome => {
  const end = endOf(exit, judge);
  if (end === 'ignored') return CircuitBreaker.ignored;
  if (!opens(end)) return CircuitBreaker.success;
  const wait = Exit.isSuccess(exit) ? judge.retryAfterMs?.(exit.value) : undefined;
  return CircuitBreaker.failure(wait === undefined ? {} : { retryAfter: wait });
};

const circuitOf = (state: CircuitBreaker.State): Circuit => {
  if (state._tag === 'Closed') return 'closed';
  return state._tag === 'Open' && Duration.toMillis(state.retryAfter) > 0 ? 'open' : 'half-open';
};

const waitOf = ({ reason }: CircuitBreaker.CircuitBreakerError): number =>
  reason._tag === 'CircuitOpen' ? Math.ceil(Duration.toMillis(reason.retryAfter)) : PROBE_WAIT_MS;

const circuitOpen = (vendor: string, retryAfterMs: number) =>
  new VendorCircuitOpen({
    vendor,
    message: `${vendor} failed several times in a row and is left alone for ${retryAfterMs} ms; the call was not made and may be tried again`,
    retryable: true,
    retryAfterMs,
  });
