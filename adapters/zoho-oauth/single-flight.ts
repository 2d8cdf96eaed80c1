/** One run of an effect at a time in this process: who comes while it runs waits for the same result. */
import { Effect, Fiber } from 'effect';

/** A caller that gives up does not stop the run for the others. */
export const makeSingleFlight = <A, E>(): ((run: Effect.Effect<A, E>) => Effect.Effect<A, E>) => {
  let flight: Fiber.Fiber<A, E> | null = null;
  const land = (): void => {
    flight = null;
  };
  const take = (fiber: Fiber.Fiber<A, E>): void => {
    flight = fiber.pollUnsafe() ? null : fiber;
  };
  return (run) =>
    Effect.suspend(() => {
      if (flight) return Fiber.join(flight);
      return Effect.forkDetach(Effect.ensuring(run, Effect.sync(land))).pipe(
        Effect.tap((fiber) => Effect.sync(() => take(fiber))),
        Effect.flatMap(Fiber.join),
      );
    });
};
