/**
 * Traces from a webhook to the calls of vendors that it led to (OpenTelemetry over OTLP, off unless an endpoint is
 * configured). What happens in one actor after an event came from outside belongs to that event's trace, until the next
 * one comes: that is a turn, however many commits and commands it takes. Spans carry the actor's keyed hash, never its id.
 */
import { Context, Effect, Exit, Layer, Option, Tracer } from 'effect';
import { FetchHttpClient } from 'effect/http';
import { OtlpSerialization, OtlpTracer } from 'effect/observability';
import type {
  ActorKind,
  AppliedStep,
  Clock,
  CommandHandler,
  EngineApi,
  MailboxEvent,
} from '../engine/types.ts';
import { VERSION } from '../version.ts';

/** Exports the spans of Effect's programs; without an endpoint they go nowhere. */
export const tracingLayer = (endpoint: string | undefined) =>
  endpoint === undefined
    ? Layer.empty
    : OtlpTracer.layer({
        url: `${endpoint}/v1/traces`,
        resource: { serviceName: 'treejar', serviceVersion: VERSION },
      }).pipe(Layer.provide([OtlpSerialization.layerJson, FetchHttpClient.layer]));

/** Actors whose trace is remembered; beyond it the oldest turn is forgotten, and what follows in it stands alone (G10). */
const TURNS_MAX = 10_000;

export interface TracingOptions {
  readonly tracer: Tracer.Tracer;
  readonly clock: Clock;
  readonly hashOf: (actorId: string) => string;
}

export interface Tracing {
  /** The engine as the server sees it: each delivery begins the trace of its actors. */
  readonly engine: (engine: EngineApi) => EngineApi;
  /** The kind with a span around each attempt of its commands. */
  readonly kind: (kind: ActorKind) => ActorKind;
  /** A listener of commits. */
  readonly committed: (steps: readonly AppliedStep[]) => void;
}

export const makeTracing = ({ tracer, clock, hashOf }: TracingOptions): Tracing => {
  const turns = new Map<string, Tracer.Span>();

  const remember = (actorId: string, span: Tracer.Span): void => {
    turns.delete(actorId);
    turns.set(actorId, span);
    const [oldest] = turns.keys();
    if (turns.size > TURNS_MAX && oldest !== undefined) turns.delete(oldest);
  };

  const now = (): bigint => BigInt(clock.now()) * 1_000_000n;
  const begin = (name: string, kind: Tracer.SpanKind, parent: Tracer.Span | undefined): Tracer.Span =>
    tracer.span({
      name,
      kind,
      parent: Option.fromNullishOr(parent),
      annotations: Context.empty(),
      links: [],
      startTime: now(),
      root: parent === undefined,
      sampled: true,
    });

  const deliver =
    (engine: EngineApi): EngineApi['deliver'] =>
    async (events) => {
      const spans = [...new Map(events.map((event) => [event.actorId, event])).values()].map((event) =>
        turnOf(event),
      );
      try {
        const delivered = await engine.deliver(events);
        for (const span of spans) span.end(now(), Exit.void);
        return delivered;
      } catch (error) {
        // Its name only: a driver's text may quote the row.
        const failure = Exit.fail(error instanceof Error ? error.name : typeof error);
        for (const span of spans) span.end(now(), failure);
        throw error;
      }
    };

  const turnOf = (event: MailboxEvent): Tracer.Span => {
    const span = begin(`accept ${event.body.type}`, 'server', undefined);
    span.attribute('actor', hashOf(event.actorId));
    span.attribute('cause', event.cause);
    remember(event.actorId, span);
    return span;
  };

  const traced = (name: string, handler: CommandHandler): CommandHandler => ({
    ...handler,
    run: (input, info) => {
      const parent = turns.get(info.actorId);
      return handler.run(input, info).pipe(
        Effect.withSpan(`command ${name}`, {
          kind: 'consumer',
          attributes: { actor: hashOf(info.actorId), attempt: info.attempt, vendor: handler.vendor },
          ...(parent ? { parent } : { root: true }),
        }),
        Effect.provideService(Tracer.Tracer, tracer),
      );
    },
  });

  return {
    engine: (engine) => ({ ...engine, deliver: deliver(engine) }),
    kind: (kind) => ({
      ...kind,
      commands: Object.fromEntries(
        Object.entries(kind.commands).map(([name, handler]) => [name, traced(name, handler)]),
      ),
    }),
    committed: (steps) => {
      for (const { row } of steps) {
        const parent = turns.get(row.actorId);
        if (!parent) continue;
        const span = begin(`apply ${row.event.type}`, 'internal', parent);
        span.attribute('seq', row.seq);
        span.end(now(), Exit.void);
      }
    },
  };
};
