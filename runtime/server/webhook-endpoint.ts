/** The webhook's two addresses on the web server; what is answered to what is in webhook.ts. */
import type { HttpRequest, HttpResponse, TemplatedApp } from 'uWebSockets.js';
import { answer, type Flight, type Life, readBody, watch } from './bridge.ts';
import type { ServerDeps } from './deps.ts';
import type { WebhookOrigin } from './origin.ts';
import { comeBack, type Reply } from './replies.ts';
import { REQUEST_ID_HEADER, requestIdFrom } from './request-id.ts';
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
        const { requestId } = head;
        deps.log.error(
          { requestId, error: error instanceof Error ? error.name : typeof error },
          'a webhook failed',
        );
        answer(res, life, marked(comeBack('Something failed on our side; send it again.'), requestId));
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
  const { origin, contentLength, requestId } = head;
  const early = webhook.early(origin);
  // Strangers' bodies are not even read.
  if (early) return answer(res, life, marked(early, requestId), true);
  const body = await readBody(res, life, contentLength, deps.config.maxBodyBytes);
  if (body.kind === 'aborted') return;
  if (body.kind === 'too_large') return answer(res, life, marked(webhook.tooLarge(), requestId), true);
  answer(res, life, marked(await webhook.handle(origin, body.bytes, requestId), requestId));
};

const marked = (reply: Reply, requestId: string): Reply => ({
  ...reply,
  headers: { ...reply.headers, [REQUEST_ID_HEADER]: requestId },
});

interface WebhookHead {
  readonly origin: WebhookOrigin;
  readonly contentLength: string;
  readonly requestId: string;
}

/** Only what decides about a webhook: to build `Headers` of all costs as much as to verify who sent it. */
const headOf = (req: HttpRequest): WebhookHead => ({
  origin: {
    authorization: req.getHeader('authorization'),
    signature: req.getHeader('x-wazzup-signature'),
    pathSecret: pathSecretOf(req.getUrl()),
  },
  contentLength: req.getHeader('content-length'),
  requestId: requestIdFrom(req.getHeader(REQUEST_ID_HEADER)),
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
