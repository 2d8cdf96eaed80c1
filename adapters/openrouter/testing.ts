/** For the contract tests: a double that is closed after the test, and the adapter against it. */
import { Effect, Redacted } from 'effect';
import { onTestFinished } from 'vitest';
import { makeVendorHealthRegistry } from '../http/vendor-health.ts';
import { type OpenRouterDouble, type OpenRouterDoubleOptions, startOpenRouterDouble } from './double.ts';
import { ChatModel, type ChatModelOptions } from './openrouter.ts';

/** Far beyond what the double needs on a busy machine; tests of time-outs bring their own. */
const PATIENCE_MS = 15_000;

export const startDouble = async (options: OpenRouterDoubleOptions = {}): Promise<OpenRouterDouble> => {
  const double = await startOpenRouterDouble({ chunkMs: 1, ...options });
  onTestFinished(() => double.close());
  return double;
};

/** Each use has a client, a circuit and a health of its own. */
export const withModel = <A, E>(
  url: string,
  use: (model: ChatModel['Service']) => Effect.Effect<A, E>,
  options: Partial<ChatModelOptions> = {},
): Effect.Effect<A, E> =>
  Effect.gen(function* () {
    return yield* use(yield* ChatModel);
  }).pipe(
    Effect.provide(
      ChatModel.layer({
        baseUrl: url,
        apiKey: Redacted.make('sk-1'),
        model: 'a/x',
        timeoutMs: PATIENCE_MS,
        breaker: { registry: makeVendorHealthRegistry() },
        ...options,
      }),
    ),
  );

/** The newest request's body. */
export const sentBody = (double: OpenRouterDouble): Readonly<Record<string, unknown>> =>
  JSON.parse(double.server.log.at(-1)?.body ?? '{}') as Record<string, unknown>;
