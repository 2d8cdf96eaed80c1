/** Webhooks as Wazzup posts them, with its clock beside them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { inbound, type Product, SECRET } from '../../tests/support/product.ts';
import { between, type Random } from './random.ts';

export interface Posted {
  readonly messageId: string;
  readonly chatId: string;
  /** When it was answered 200, ms since the epoch; null: never. */
  readonly takenAt: number | null;
}

export interface WebhookLog {
  /** Ms from the first byte to the answer, of those answered 200. */
  readonly latencies: number[];
  readonly posted: Posted[];
  /** Answers by status. */
  readonly answers: Map<number, number>;
  /** 503 without the header that says when to come back: must stay empty. */
  withoutRetryAfter: number;
}

export const newWebhookLog = (): WebhookLog => ({
  latencies: [],
  posted: [],
  answers: new Map(),
  withoutRetryAfter: 0,
});

export interface PostOptions {
  /** Ms; after it the sender gives up (wire/01 §5.2 promises no repetition at all). */
  readonly giveUpAfterMs: number;
  /** Share of webhooks that the vendor delivers twice, though they were answered. */
  readonly repeated: number;
  readonly random: Random;
}

/** Posts one message until it is taken; true when it was. */
export const postMessage = async (
  product: Product,
  log: WebhookLog,
  chatId: string,
  text: string,
  options: PostOptions,
): Promise<boolean> => {
  const message = inbound(chatId, text, { contact: { name: `Customer ${chatId}` } });
  const body = JSON.stringify({ messages: [message] });
  const giveUpAt = performance.now() + options.giveUpAfterMs;
  for (;;) {
    const answer = await postOnce(product.url, body, log);
    if (answer.status === 200) {
      log.posted.push({ messageId: message.messageId, chatId, takenAt: Date.now() });
      if (options.random() < options.repeated) await postOnce(product.url, body, log);
      return true;
    }
    // A little more than asked, so that those who were turned away together do not come back together.
    const wait = answer.retryAfterMs * between(options.random, [1, 1.5]);
    if (performance.now() + wait > giveUpAt) {
      log.posted.push({ messageId: message.messageId, chatId, takenAt: null });
      return false;
    }
    await sleep(wait);
  }
};

const ANSWER_TIMEOUT_MS = 30_000;

const postOnce = async (
  url: string,
  body: string,
  log: WebhookLog,
): Promise<{ readonly status: number; readonly retryAfterMs: number }> => {
  const beganAt = performance.now();
  const response = await fetch(`${url}/api/v1/webhook/wazzup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  });
  await response.arrayBuffer();
  const { status } = response;
  log.answers.set(status, (log.answers.get(status) ?? 0) + 1);
  if (status === 200) log.latencies.push(performance.now() - beganAt);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  if (status === 503 && !Number.isFinite(seconds)) log.withoutRetryAfter++;
  return { status, retryAfterMs: (Number.isFinite(seconds) ? seconds : 1) * 1000 };
};
