/**
 * Posts webhooks as Wazzup does: one URL, the bearer only when one is set, 30 s to answer 200 (wire/01 §5.2). Unlike
 * Wazzup it tries again while the product is not up, so that a sandbox needs no order of starting. Webhooks of one chat
 * keep their order; chats do not wait for each other.
 */

/** Wazzup's own limit for an answer, ms (wire/01 §5.2). */
const ANSWER_TIMEOUT_MS = 30_000;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 1000;
/** Webhooks waiting at once (G10). */
const MAX_WAITING = 10_000;
const MAX_PROBLEMS = 50;

export interface WebhookPoster {
  /** Resolves once the product answered 200; rejects with the reason after `retryForMs`, or at once on a 4xx. */
  readonly post: (chatId: string, payload: object) => Promise<void>;
  /** For facts nobody waits for: a failure is kept in `problems`. */
  readonly postLater: (chatId: string, payload: object) => void;
  /** One probe, no retry: the status the product answered, or null when it could not be reached. */
  readonly probe: (url: string) => Promise<number | null>;
  readonly setTarget: (url: string | null, secret: string | null) => void;
  readonly target: () => string | null;
  /** The newest webhooks that were never taken. */
  readonly problems: () => readonly string[];
  readonly close: () => void;
}

export const makeWebhookPoster = (retryForMs: number): WebhookPoster => {
  let url: string | null = null;
  let secret: string | null = null;
  let waiting = 0;
  const closing = new AbortController();
  const tails = new Map<string, Promise<unknown>>();
  const problems: string[] = [];

  const once = async (target: string, bearer: string | null, payload: object): Promise<number | null> => {
    try {
      const response = await fetch(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        },
        body: JSON.stringify(payload),
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return null;
    }
  };

  const deliver = async (payload: object): Promise<void> => {
    const giveUpAt = performance.now() + retryForMs;
    for (let pause = FIRST_RETRY_MS; ; pause = Math.min(pause * 2, MAX_RETRY_MS)) {
      if (closing.signal.aborted) throw new Error('the sandbox was closed before the webhook was taken');
      const status = url === null ? null : await once(url, secret, payload);
      if (status === 200) return;
      const what =
        url === null ? 'no webhook URL is set' : status === null ? 'no answer' : `answer ${status}`;
      if (status !== null && status >= 400 && status < 500 && status !== 429) {
        throw new Error(`the product refused the webhook (${what}); check the webhook's URL and secret`);
      }
      if (performance.now() + pause > giveUpAt)
        throw new Error(`the product did not take the webhook (${what})`);
      await sleep(pause, closing.signal);
    }
  };

  const post = (chatId: string, payload: object): Promise<void> => {
    if (waiting >= MAX_WAITING)
      return Promise.reject(new Error(`more than ${MAX_WAITING} webhooks are waiting`));
    waiting++;
    const before = tails.get(chatId) ?? Promise.resolve();
    const mine = before.then(() => deliver(payload)).finally(() => waiting--);
    const tail = mine
      .catch(() => undefined)
      .then(() => void (tails.get(chatId) === tail && tails.delete(chatId)));
    tails.set(chatId, tail);
    return mine;
  };

  return {
    post,
    postLater: (chatId, payload) => {
      post(chatId, payload).catch((error: unknown) => {
        problems.push(error instanceof Error ? error.message : String(error));
        if (problems.length > MAX_PROBLEMS) problems.shift();
      });
    },
    probe: (target) => once(target, null, { test: true }),
    setTarget: (nextUrl, nextSecret) => {
      url = nextUrl;
      secret = nextSecret;
    },
    target: () => url,
    problems: () => [...problems],
    close: () => closing.abort(),
  };
};

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
