/**
 * `POST /api/v1/webhook/wazzup[/secret]` without the web server: what is answered to which bytes (contract 3.1). A 200
 * means durable; whatever we cannot take now is a 503, so that the vendor sends it again; there is no other 5xx.
 */
import type { Redacted } from 'effect';
import type { DecodedWebhook } from '../../adapters/wazzup/webhook.ts';
import type { Clock, Log } from '../engine/types.ts';
import type { Ingest, IngestOutcome } from './ingest.ts';
import { parseJson } from './json.ts';
import type { Metrics } from './metrics.ts';
import { type EarlyVerdict, earlyVerdict, signatureMatches, type WebhookOrigin } from './origin.ts';
import { comeBack, errorReply, OK, type Reply, tooLarge } from './replies.ts';

/** The vendor gives up after 30 s (wire/01 §5.2): answer before it does. */
const INGEST_TIMEOUT_MS = 20_000;

export interface Webhook {
  /** What can be answered before the body is read; null: read it. */
  readonly early: (origin: WebhookOrigin) => Reply | null;
  /** `requestId` names the webhook in the log. */
  readonly handle: (origin: WebhookOrigin, body: Uint8Array, requestId: string) => Promise<Reply>;
  readonly tooLarge: () => Reply;
  /** From now on everything is answered 503. */
  readonly refuse: () => void;
  /** Webhooks being made durable. */
  readonly inFlight: () => number;
}

export interface WebhookDeps {
  readonly secret: Redacted.Redacted;
  readonly decode: (body: unknown) => DecodedWebhook;
  readonly ingest: Ingest;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Log;
  /** Contract: `MAX_BODY_BYTES`. */
  readonly maxBodyBytes: number;
  /** So much waits in the mailboxes that nothing may be added. */
  readonly isFull: () => boolean;
}

/** Webhooks taken at once; more are told to come back (backpressure, G10). */
const MAX_IN_FLIGHT = 2000;
/** What becomes of a webhook, as `treejar_webhook_total` counts it; the alert rules name some of them. */
export const OUTCOMES = [
  'accepted',
  'test',
  'unauthorized',
  'bad_request',
  'too_large',
  'refused',
  'busy',
  'backlog',
  'unavailable',
] as const;
type Outcome = (typeof OUTCOMES)[number];
/** A full mailbox is worked off in tens of seconds (docs/scaling.md), not in a few. */
const BACKLOG_RETRY_S = 15;

export const makeWebhook = (deps: WebhookDeps): Webhook => {
  const { metrics, log } = deps;
  let refusing = false;
  let inFlight = 0;
  // From the start at zero: of a series that begins with its first event Prometheus sees no increase, and no rule fires.
  for (const outcome of OUTCOMES) metrics.count('treejar_webhook_total', { outcome }, 0);
  metrics.count('treejar_webhook_items_total', { result: 'quarantined' }, 0);

  const counted = (outcome: Outcome, answer: Reply): Reply => {
    metrics.count('treejar_webhook_total', { outcome });
    return answer;
  };
  const denied = () =>
    counted(
      'unauthorized',
      errorReply(
        401,
        'unauthorized',
        'The webhook secret is missing or wrong; set it as bearer, path segment or signature.',
      ),
    );
  const later = (outcome: Outcome, message: string, seconds?: number) =>
    counted(outcome, comeBack(message, seconds));

  const early = (verdict: EarlyVerdict): Reply | null => {
    if (verdict === 'no') return denied();
    if (refusing) return later('refused', 'The server is shutting down; send it again in a few seconds.');
    if (inFlight >= MAX_IN_FLIGHT)
      return later('busy', 'Too many webhooks at once; send it again in a few seconds.');
    if (deps.isFull())
      return later(
        'backlog',
        'Too many messages wait to be worked off; send it again a little later.',
        BACKLOG_RETRY_S,
      );
    return null;
  };

  const store = async (body: unknown, requestId: string): Promise<Reply> => {
    const decoded = deps.decode(body);
    if (decoded.test && decoded.items.length === 0 && decoded.rejected.length === 0)
      return counted('test', OK);
    const started = deps.clock.now();
    try {
      const outcome = await withTimeout(deps.ingest.ingest(decoded), INGEST_TIMEOUT_MS);
      metrics.observe('treejar_webhook_seconds', (deps.clock.now() - started) / 1000);
      countItems(metrics, outcome);
      // What joins the proxy's line to those of commands and spans, which know the conversation alone.
      for (const actor of outcome.conversations) log.debug({ requestId, actor }, 'a webhook is durable');
      return counted('accepted', OK);
    } catch (error) {
      log.warn(
        { requestId, error: kindOf(error) },
        'a webhook could not be made durable; the sender is told to come back',
      );
      return later('unavailable', 'The webhook could not be stored now; send it again in a few seconds.');
    }
  };

  return {
    early: (origin) => early(earlyVerdict(origin, deps.secret)),
    handle: async (origin, body, requestId) => {
      const verdict = earlyVerdict(origin, deps.secret);
      const answered = early(verdict);
      if (answered) return answered;
      if (verdict === 'signature' && !signatureMatches(origin.signature, body, deps.secret)) return denied();
      if (body.byteLength > deps.maxBodyBytes) return counted('too_large', tooLarge(deps.maxBodyBytes));
      const json = parseJson(body);
      if (!json.ok) return counted('bad_request', errorReply(400, json.code, json.message));
      inFlight += 1;
      try {
        return await store(json.value, requestId);
      } finally {
        inFlight -= 1;
      }
    },
    tooLarge: () => counted('too_large', tooLarge(deps.maxBodyBytes)),
    refuse: () => {
      refusing = true;
    },
    inFlight: () => inFlight,
  };
};

const countItems = (metrics: Metrics, outcome: IngestOutcome): void => {
  const counts = {
    accepted: outcome.accepted,
    duplicate: outcome.duplicate,
    unmatched_status: outcome.unmatched,
    quarantined: outcome.quarantined,
    ...outcome.ignored,
  };
  for (const [result, number] of Object.entries(counts)) {
    if (number > 0) metrics.count('treejar_webhook_items_total', { result }, number);
  }
};

/** The name of an error, never its text: a driver's message can quote the row. */
const kindOf = (error: unknown): string => {
  if (typeof error === 'object' && error !== null && '_tag' in error) return String(error._tag);
  return error instanceof Error ? error.name : typeof error;
};

class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

const withTimeout = <A>(work: Promise<A>, ms: number): Promise<A> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooSlow(`not durable within ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
