/**
 * Wazzup in a box: the vendor's API over real HTTP on loopback with its quirks (wire/01), and the phones of customers
 * and managers. `npm start` runs it when no key is set; tests run it too.
 */
import { randomUUID } from 'node:crypto';
import { type DoubleServer, startDoubleServer } from '../double/double-server.ts';
import { wazzupRoutes } from './sandbox-api.ts';
import { SandboxChannels } from './sandbox-channels.ts';
import { SandboxFiles } from './sandbox-files.ts';
import { channelPayload, echoPayload, statusPayload, templatePayload } from './sandbox-payloads.ts';
import { makePhones } from './sandbox-phones.ts';
import { sandboxRoutes, type WazzupBehaviour } from './sandbox-routes.ts';
import type { Accepted } from './sandbox-send.ts';
import { SandboxStore } from './sandbox-store.ts';
import { SAMPLE_TEMPLATES, type SandboxTemplate, SandboxTemplates } from './sandbox-templates.ts';
import { makeWebhookPoster, type WebhookPoster } from './sandbox-webhooks.ts';
import type { PhoneSimulator, SimMessage } from './simulator.ts';

export type { WazzupBehaviour } from './sandbox-routes.ts';
export type { SandboxTemplate } from './sandbox-templates.ts';
export type * from './simulator.ts';

export interface WazzupDoubleOptions {
  /** 0 or unset takes a free port. */
  readonly port?: number;
  readonly webhookUrl?: string;
  /** Sent as a bearer with each webhook. */
  readonly webhookSecret?: string;
  /** Several: comma-separated (contract 2). Customers write to the first. */
  readonly channelId: string;
  /** Unset: any bearer is taken. */
  readonly apiKey?: string;
  /** Default `whatsapp`; `wapi` has the 24-hour window and a shorter text (wire/01 §6). */
  readonly transport?: 'whatsapp' | 'wapi';
  readonly behaviour?: Partial<WazzupBehaviour>;
  /** Default: a few approved ones; only `wapi` shows them. */
  readonly templates?: readonly SandboxTemplate[];
  /** How long a webhook is tried while the product is not up, ms. Default 30,000. */
  readonly retryForMs?: number;
  /** After the 201, ms. Default 50 and 250. */
  readonly statusDelayMs?: { readonly sent: number; readonly delivered: number };
  readonly now?: () => number;
}

export interface WazzupDouble {
  /** The API's base, with the version: goes into `WAZZUP_BASE_URL`. */
  readonly url: string;
  readonly simulator: PhoneSimulator;
  /** The request log and the faults. */
  readonly server: DoubleServer;
  readonly setWebhook: (url: string | null, secret?: string | null) => void;
  readonly behave: (change: Partial<WazzupBehaviour>) => WazzupBehaviour;
  /** Stores a file as a customer's attachment and returns its link. */
  readonly putFile: (bytes: Uint8Array, name: string, contentType: string) => string;
  /**
   * Puts a channel into a state of wire/01 §2.3, as the list spells it; null takes it out of the account. `tell` (default
   * true) posts the webhook.
   */
  readonly setChannelState: (channelId: string, state: string | null, tell?: boolean) => boolean;
  /** Changes a template's status and posts the webhook. */
  readonly setTemplateStatus: (templateId: string, status: string) => boolean;
  /** Webhooks that the product never took. */
  readonly problems: () => readonly string[];
  readonly close: () => Promise<void>;
}

const DEFAULT_BEHAVIOUR: WazzupBehaviour = {
  echoApiSends: false,
  statuses: 'sent-delivered',
  failWith: null,
};
const DEFAULT_DELAY_MS = { sent: 50, delivered: 250 };
const WINDOW_MS = 24 * 60 * 60 * 1000;

/** Starts the double. */
export const startWazzupDouble = async (options: WazzupDoubleOptions): Promise<WazzupDouble> => {
  const now = options.now ?? Date.now;
  const channelIds = options.channelId.split(',').map((id) => id.trim());
  const channelId = channelIds[0] ?? '';
  const transport = options.transport ?? 'whatsapp';
  let behaviour: WazzupBehaviour = { ...DEFAULT_BEHAVIOUR, ...options.behaviour };
  const behave = (change: Partial<WazzupBehaviour>): WazzupBehaviour => {
    behaviour = { ...behaviour, ...change };
    return behaviour;
  };
  const channels = new SandboxChannels(channelIds, transport);
  const templates = new SandboxTemplates(options.templates ?? SAMPLE_TEMPLATES);
  const store = new SandboxStore(now);
  const files = new SandboxFiles();
  const poster = makeWebhookPoster(options.retryForMs ?? 30_000);
  poster.setTarget(options.webhookUrl ?? null, options.webhookSecret ?? null);
  const simulator = makePhones({ channelId, store, files, poster, now, newId: randomUUID });
  const fate = makeFate({
    store,
    poster,
    now,
    transport,
    delayMs: options.statusDelayMs ?? DEFAULT_DELAY_MS,
    behaviour: () => behaviour,
  });
  const switches = makeSwitches({ channels, templates, poster, now });
  const routes = {
    ...wazzupRoutes({
      channels,
      templates,
      apiKey: options.apiKey ?? null,
      now,
      newId: randomUUID,
      store,
      poster,
      onSend: fate.onSend,
    }),
    ...sandboxRoutes({
      simulator,
      files,
      poster,
      behave,
      addFault: (fault) => server.addFault(fault),
      clearFaults: () => server.clearFaults(),
      ...switches,
    }),
  };
  const server = await startDoubleServer({ routes, ...(options.port ? { port: options.port } : {}) });
  files.serveAt(server.url);
  return {
    url: `${server.url}/v3`,
    simulator,
    server,
    setWebhook: (url, secret) => poster.setTarget(url, secret ?? null),
    behave,
    ...switches,
    putFile: (bytes, name, contentType) => files.put(bytes, name, contentType),
    problems: poster.problems,
    close: async () => {
      fate.stop();
      poster.close();
      await server.close();
    },
  };
};

interface SwitchDeps {
  readonly channels: SandboxChannels;
  readonly templates: SandboxTemplates;
  readonly poster: WebhookPoster;
  readonly now: () => number;
}

/** What an operator changes in the vendor's cabinet, and what the vendor then tells. */
const makeSwitches = ({ channels, templates, poster, now }: SwitchDeps) => ({
  setChannelState: (channelId: string, state: string | null, tell = true): boolean => {
    if (!channels.set(channelId, state)) return false;
    if (tell && state !== null) poster.postLater(channelId, channelPayload(channelId, state, now()));
    return true;
  },
  setTemplateStatus: (templateId: string, status: string): boolean => {
    const changed = templates.setStatus(templateId, status);
    if (changed) poster.postLater(templateId, templatePayload(templateId, changed.name, status));
    return changed !== undefined;
  },
});

interface FateDeps {
  readonly store: SandboxStore;
  readonly poster: WebhookPoster;
  readonly now: () => number;
  readonly transport: 'whatsapp' | 'wapi';
  readonly delayMs: { readonly sent: number; readonly delivered: number };
  readonly behaviour: () => WazzupBehaviour;
}

/** What becomes of an accepted message: echo, then statuses, then perhaps an error (wire/00 fact 2). */
const makeFate = (deps: FateDeps) => {
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };
  const report = (chatId: string, id: string, status: SimMessage['status'], error?: string): void => {
    deps.store.setStatus(chatId, id, status, error);
    deps.poster.postLater(chatId, statusPayload(id, status, deps.now(), error));
  };
  const closedWindow = (chatId: string): boolean => {
    const last = deps.store.lastInboundAt(chatId);
    // A chat from before this sandbox started is given the benefit of the doubt.
    return deps.transport === 'wapi' && last !== null && deps.now() - last > WINDOW_MS;
  };
  const onSend = ({ chatId, channelId, message, isTemplate }: Accepted): void => {
    const { echoApiSends, statuses, failWith } = deps.behaviour();
    const author = { type: 'bot' as const, name: null, sentFromApp: false };
    // At once: an echo can beat the answer to the send itself (wire/01 §5.3).
    if (echoApiSends) deps.poster.postLater(chatId, echoPayload({ channelId, chatId }, message, author));
    const closed = !isTemplate && closedWindow(chatId);
    const error = failWith ?? (closed ? '24_HOURS_EXCEEDED' : undefined);
    if (error) {
      later(deps.delayMs.sent, () => report(chatId, message.id, 'error', error));
      return;
    }
    if (statuses === 'none') return;
    const [first, second] =
      statuses === 'delivered-sent' ? (['delivered', 'sent'] as const) : (['sent', 'delivered'] as const);
    later(deps.delayMs.sent, () => report(chatId, message.id, first));
    if (statuses !== 'sent-only') later(deps.delayMs.delivered, () => report(chatId, message.id, second));
  };
  return {
    onSend,
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
};
