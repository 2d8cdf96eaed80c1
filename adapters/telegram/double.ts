/**
 * Telegram in a box: the Bot API over real HTTP on loopback, with a group that managers press buttons and write in.
 * `npm start` runs it when no token is set; its messages are what the managers would have read.
 */
import {
  type DoubleHandler,
  type DoubleRequest,
  type DoubleResponse,
  type DoubleServer,
  startDoubleServer,
} from '../double/double-server.ts';
import { makeGroup, type SandboxGroup } from './sandbox-group.ts';
import { Refusal } from './sandbox-refusal.ts';
import { makeUpdateQueue } from './sandbox-updates.ts';

export type { SandboxMessage } from './sandbox-group.ts';

export interface TelegramDoubleOptions {
  /** 0 or unset takes a free port. */
  readonly port?: number;
  /** Unset: any token is taken. */
  readonly botToken?: string;
  /** The group that the bot is in. Unset: any chat is taken. */
  readonly chatId?: string;
  readonly now?: () => number;
}

/** Failures in Telegram's own words (wire/09 §4). */
export type TelegramFault =
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'migrated'; readonly chatId: number }
  | { readonly kind: 'blocked' | 'chat_not_found' | 'entities' | 'server' | 'conflict' };

export interface TelegramDouble extends SandboxGroup {
  /** Goes into `TELEGRAM_BASE_URL`. */
  readonly url: string;
  /** The request log (its paths hold the token) and the transport's faults. */
  readonly server: DoubleServer;
  /** The next `times` calls of a method (default: one `sendMessage`) fail like this. */
  readonly fail: (fault: TelegramFault, times?: number, method?: string) => void;
  /** Webhooks that were not taken. */
  readonly problems: () => readonly string[];
  readonly close: () => Promise<void>;
}

const refuse = (code: number, description: string, parameters?: object): DoubleResponse => ({
  status: code,
  body: { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) },
});

/** Fields as text, files as name, type and bytes. */
const partsOf = async (request: DoubleRequest, type: string): Promise<Record<string, unknown>> => {
  const form = await new Response(Uint8Array.from(request.body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw new Refusal(400, "Bad Request: can't parse the multipart body");
    });
  const fields = await Promise.all(
    [...form].map(async ([key, value]) => [
      key,
      typeof value === 'string'
        ? value
        : { name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) },
    ]),
  );
  return Object.fromEntries(fields);
};

const bodyOf = async (request: DoubleRequest): Promise<Record<string, unknown>> => {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return partsOf(request, type);
  try {
    const json = request.json();
    if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  } catch {
    // Told below: no JSON and no object are one fault.
  }
  throw new Refusal(400, "Bad Request: can't parse request JSON object");
};

const faultOf = (fault: TelegramFault): DoubleResponse => {
  switch (fault.kind) {
    case 'rate_limited': {
      const seconds = fault.retryAfterSeconds;
      return refuse(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
    }
    case 'migrated':
      return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: fault.chatId,
      });
    case 'blocked':
      return refuse(403, 'Forbidden: bot was kicked from the supergroup chat');
    case 'chat_not_found':
      return refuse(400, 'Bad Request: chat not found');
    case 'entities':
      return refuse(400, "Bad Request: can't parse entities: Unsupported start tag");
    case 'conflict':
      return refuse(409, 'Conflict: terminated by other getUpdates request');
    case 'server':
      return refuse(502, 'Bad Gateway');
  }
};

/** Starts the double. */
export const startTelegramDouble = async (options: TelegramDoubleOptions = {}): Promise<TelegramDouble> => {
  const queue = makeUpdateQueue();
  const chatIds = options.chatId === undefined ? null : new Set([options.chatId]);
  const group = makeGroup({
    chatIds,
    now: options.now ?? Date.now,
    push: queue.push,
  });
  const methods: Readonly<Record<string, (json: Record<string, unknown>) => unknown>> = {
    ...group.methods,
    ...queue.methods,
    getMe: () => ({ id: 1, is_bot: true, first_name: 'Treejar sandbox', username: 'treejar_sandbox_bot' }),
  };
  const handle: DoubleHandler = async (request) => {
    const { token = '', method = '' } = request.params;
    if (!/^[\w-]+(?::[\w-]*)?$/.test(token)) return refuse(404, 'Not Found');
    if (options.botToken !== undefined && token !== options.botToken) return refuse(401, 'Unauthorized');
    const run = methods[method];
    if (!run) return refuse(404, 'Not Found');
    try {
      return { status: 200, body: { ok: true, result: await run(await bodyOf(request)) } };
    } catch (error) {
      if (error instanceof Refusal) return refuse(error.code, error.description);
      throw error;
    }
  };
  const server = await startDoubleServer({
    ...(options.port ? { port: options.port } : {}),
    routes: { 'POST /bot:token/:method': handle },
    notFound: () => refuse(404, 'Not Found'),
  });
  return {
    ...group.group,
    url: server.url,
    server,
    fail: (fault, times = 1, method = 'sendMessage') => {
      if (fault.kind === 'migrated') chatIds?.add(String(fault.chatId));
      server.addFault({ path: new RegExp(`/${method}$`), times, respond: faultOf(fault) });
    },
    problems: queue.problems,
    close: async () => {
      queue.close();
      await server.close();
    },
  };
};
