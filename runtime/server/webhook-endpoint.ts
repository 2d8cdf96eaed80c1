/** The webhook's two addresses on the web server; what is answered to what is in webhook.ts. */
import type { HttpRequest, HttpResponse, TemplatedApp } from 'uWebSockets.js';
import { answer, type Flight, type Life, readBody, watch } from './bridge.ts';
import type { ServerDeps } from './deps.ts';
import type { WebhookOrigin } from './origin.ts';
import { comeBack } from './replies.ts';
import type { Webhook } from './webhook.ts';

const WEBHOOK = '/api/v1/webhook/wazzup';

/** Mounts both forms of the address. */
export const mountWebhook = (app: TemplatedApp, deps: ServerDeps, webhook: Webhook, flight: Flight): void => {
  const onWebhook = (res: HttpResponse, req: HttpRequest): void => {
    const life = watch(res);
    const head = headOf(req);
    flight.requests += 1;
    void takeWebhook(deps, webhook, res, life, head)
      .catch((error: unknown) => {
        deps.log.error({ error: error instanceof Error ? error.name : typeof error }, 'a webhook failed');
        answer(res, life, comeBack('Something failed on our side; send it again.'));
      })
      .finally(() => {
        flight.requests -= 1;
      });
  };
  app.post(WEBHOOK, onWebhook);
  app.post(`${WEBHOOK}/:secret`, onWebhook);
};

const takeWebhook = async (
  deps: ServerDeps,
  webhook: Webhook,
  res: HttpResponse,
  life: Life,
  head: WebhookHead,
): Promise<void> => {
  const { origin, contentLength } = head;
  const early = webhook.early(origin);
  // Strangers' bodies are not even read.
  if (early) return answer(res, life, early, true);
  const body = await readBody(res, life, contentLength, deps.config.maxBodyBytes);
  if (body.kind === 'aborted') return;
  if (body.kind === 'too_large') return answer(res, life, webhook.tooLarge(), true);
  answer(res, life, await webhook.handle(origin, body.bytes));
};

interface WebhookHead {
  readonly origin: WebhookOrigin;
  readonly contentLength: string;
}

/** Only what decides about a webhook: to build `Headers` of all costs as much as to verify who sent it. */
const headOf = (req: HttpRequest): WebhookHead => ({
  origin: {
    authorization: req.getHeader('authorization'),
    signature: req.getHeader('x-wazzup-signature'),
    pathSecret: pathSecretOf(req.getUrl()),
  },
  contentLength: req.getHeader('content-length'),
});

const pathSecretOf = (path: string): string | null => {
  const segment = path.slice(WEBHOOK.length + 1);
  if (segment === '') return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
