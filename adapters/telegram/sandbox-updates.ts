/** The sandbox's updates: numbered, kept until confirmed, polled or posted to a webhook, never both (wire/09 §5). */

import { Refusal } from './sandbox-refusal.ts';
import { SECRET_HEADER } from './updates.ts';

type Json = Record<string, unknown>;
interface NumberedUpdate {
  readonly update_id: number;
}

/** Unconfirmed updates (G10); Telegram keeps a day's worth. */
const KEEP_MAX = 1000;
const POSTS_MAX = 3;
const POST_PAUSE_MS = 100;

export const makeUpdateQueue = () => {
  const waiting: NumberedUpdate[] = [];
  const problems: string[] = [];
  const closing = new AbortController();
  let webhook: { readonly url: string; readonly secret: string } | null = null;
  let posting = Promise.resolve();
  let nextId = 900_000;
  /** Set while a poll waits. A second poll ends the first, as Telegram does. */
  let wake: ((conflict: boolean) => void) | null = null;

  const push = (body: object): void => {
    const update = { update_id: ++nextId, ...body };
    waiting.push(update);
    waiting.splice(0, Math.max(0, waiting.length - KEEP_MAX));
    if (webhook) postAll();
    else wake?.(false);
  };

  const post = async (update: NumberedUpdate): Promise<boolean> => {
    if (!webhook) return false;
    const headers = { 'content-type': 'application/json', [SECRET_HEADER]: webhook.secret };
    const init = { method: 'POST', headers, body: JSON.stringify(update), signal: closing.signal };
    return fetch(webhook.url, init).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
  };
  const postAll = (): void => {
    posting = posting.then(async () => {
      for (let update = waiting[0]; update && webhook && !closing.signal.aborted; update = waiting[0]) {
        let taken = false;
        for (let tries = 0; !taken && tries < POSTS_MAX && !closing.signal.aborted; tries++) {
          if (tries > 0) await new Promise((resolve) => setTimeout(resolve, POST_PAUSE_MS));
          taken = await post(update);
        }
        if (!taken) problems.push(`update ${update.update_id} was not taken by the webhook`);
        problems.splice(0, Math.max(0, problems.length - KEEP_MAX));
        waiting.shift();
      }
    });
  };

  const getUpdates = async (json: Json): Promise<readonly NumberedUpdate[]> => {
    if (webhook) throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active");
    wake?.(true);
    const offset = Number(json.offset ?? 0);
    const confirmed = waiting.findIndex(({ update_id: id }) => id >= offset);
    waiting.splice(0, confirmed === -1 ? waiting.length : confirmed);
    if (waiting.length === 0 && Number(json.timeout ?? 0) > 0) await arrival(Number(json.timeout) * 1000);
    return waiting.slice(0, Number(json.limit ?? 100));
  };
  const arrival = (maxMs: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (conflict: boolean): void => {
        clearTimeout(timer);
        if (wake === end) wake = null;
        if (conflict) reject(new Refusal(409, 'Conflict: terminated by other getUpdates request'));
        else resolve();
      };
      const timer = setTimeout(() => end(false), maxMs);
      wake = end;
    });

  return {
    push,
    problems: (): readonly string[] => problems,
    methods: {
      getUpdates,
      setWebhook: (json: Json) => {
        webhook = { url: String(json.url), secret: String(json.secret_token ?? '') };
        postAll();
        return true;
      },
      deleteWebhook: () => {
        webhook = null;
        return true;
      },
      getWebhookInfo: () => ({ url: webhook?.url ?? '', pending_update_count: waiting.length }),
    },
    close: () => {
      closing.abort();
      wake?.(false);
    },
  };
};
