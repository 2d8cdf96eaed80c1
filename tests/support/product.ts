/** The product as an outsider meets it: a process of its own, told by variables where vendors and database are. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenRouterDouble, startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import {
  startWazzupDouble,
  type WazzupDouble,
  type WazzupDoubleOptions,
} from '../../adapters/wazzup/double.ts';
import type { SimMessage } from '../../adapters/wazzup/simulator.ts';
import { startZohoDouble, type ZohoDouble } from '../../adapters/zoho-oauth/zoho-double.ts';
import { holdingLine } from '../../machines/conversation/texts.ts';

export const CHANNEL = '3d1f0f6a-0000-4000-8000-00000000c001';
export const SECRET = 'webhook-secret-of-the-tests';
export const TOKEN = 'api-token-of-the-tests';
const ROOT = join(import.meta.dirname, '..', '..');

/** The launcher is plain JavaScript; these are what it starts the server with. */
const launcher = async () => {
  const { requireNode24 } = (await import(join(ROOT, 'tools/launch/node24.mjs'))) as {
    requireNode24: () => string;
  };
  const { ensureUws } = (await import(join(ROOT, 'tools/launch/uws.mjs'))) as {
    ensureUws: () => readonly string[];
  };
  const { SERVER_NODE_FLAGS } = (await import(join(ROOT, 'tools/launch/node-flags.mjs'))) as {
    SERVER_NODE_FLAGS: readonly string[];
  };
  return [...ensureUws(), requireNode24(), ...SERVER_NODE_FLAGS];
};

/** Generous: a loaded machine must not fail a test that is about something else. */
const START_MS = 120_000;

export interface Doubles {
  readonly wazzup: WazzupDouble;
  readonly openrouter: OpenRouterDouble;
  readonly zoho: ZohoDouble;
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Doubles in this process; the product is pointed at them by base URLs only (contract 2). */
export const startDoubles = async (wazzupOptions: Partial<WazzupDoubleOptions> = {}): Promise<Doubles> => {
  const wazzup = await startWazzupDouble({ channelId: CHANNEL, ...wazzupOptions });
  const openrouter = await startOpenRouterDouble();
  const zoho = await startZohoDouble();
  return {
    wazzup,
    openrouter,
    zoho,
    env: {
      WAZZUP_BASE_URL: wazzup.url,
      WAZZUP_CHANNEL_ID: CHANNEL,
      OPENROUTER_BASE_URL: openrouter.url,
      ZOHO_ACCOUNTS_URL: zoho.accountsUrl,
      ZOHO_CRM_BASE_URL: zoho.crmUrl,
      ZOHO_INVENTORY_BASE_URL: zoho.inventoryUrl,
    },
    close: async () => {
      await Promise.all([wazzup.close(), openrouter.close(), zoho.close()]);
    },
  };
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely.
  readonly body: any;
}

export interface Product {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** Everything that it wrote to both outputs. */
  readonly output: () => string;
  readonly exited: Promise<number | null>;
  readonly api: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** Posts to the webhook as Wazzup would; a string or bytes go as they are. */
  readonly webhook: (body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  readonly stop: () => Promise<number | null>;
  readonly kill: () => Promise<void>;
}

export const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
};

export interface ProductOptions {
  readonly databaseUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Another checkout, made ready by its own `npm run build`; default: this one. */
  readonly root?: string;
}

/** Starts the product and waits until it is healthy. */
export const startProduct = async (options: ProductOptions): Promise<Product> => {
  const port = options.port ?? (await freePort());
  const dataDir = mkdtempSync(join(tmpdir(), 'treejar-product-'));
  const [program = '', ...rest] = [
    ...(await launcher()),
    join(options.root ?? ROOT, 'runtime', 'main.ts'),
    'start',
  ];
  const child = spawn(program, rest, {
    cwd: options.root ?? ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'development',
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: options.databaseUrl,
      WAZZUP_WEBHOOK_SECRET: SECRET,
      ADMIN_API_TOKEN: TOKEN,
      LOG_FORMAT: 'json',
      DEBOUNCE_MS: '150',
      DEBOUNCE_MAX_MS: '1000',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve)).finally(() =>
    rmSync(dataDir, { recursive: true, force: true }),
  );
  const url = `http://127.0.0.1:${port}`;
  const call = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    let parsed: unknown = text;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Not everything is JSON; the text is the answer then.
    }
    return { status: response.status, headers: response.headers, body: parsed };
  };
  const product: Product = {
    url,
    port,
    child,
    output: () => output,
    exited,
    api: (method, path, body, headers = {}) =>
      call(method, `/api/v1${path}`, body, { authorization: `Bearer ${TOKEN}`, ...headers }),
    webhook: (body, headers = { authorization: `Bearer ${SECRET}` }) =>
      call('POST', '/api/v1/webhook/wazzup', body, headers),
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
  await healthy(product);
  return product;
};

const healthy = async (product: Product): Promise<void> => {
  const until = performance.now() + START_MS;
  let ended = false;
  void product.exited.then(() => {
    ended = true;
  });
  while (performance.now() < until && !ended) {
    const response = await fetch(`${product.url}/api/v1/health`).catch(() => null);
    if (response?.status === 200) return;
    await pause(50);
  }
  throw new Error(`the product did not become healthy:\n${product.output()}`);
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Far beyond what anything takes on a busy machine: slowness is no fault of the product. */
const PATIENCE_MS = 90_000;

/** Waits until `check` answers something; fails with what was last seen. */
export const until = async <T>(
  what: string,
  check: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  ms = PATIENCE_MS,
): Promise<T> => {
  const end = performance.now() + ms;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await pause(25);
  }
};

export const conversationOf = (phone: string): string => `wz:${CHANNEL}:${phone}`;

/** One inbound message as Wazzup posts it (wire/01 §5.3). */
export const inbound = (phone: string, text: string, more: Record<string, unknown> = {}) => ({
  messageId: crypto.randomUUID(),
  channelId: CHANNEL,
  chatType: 'whatsapp',
  chatId: phone,
  dateTime: new Date().toISOString(),
  type: 'text',
  status: 'inbound',
  text,
  authorType: 'client',
  isEcho: false,
  contact: { name: 'Omar Said' },
  ...more,
});

/** What the business sent to this phone. */
export const sentTo = (doubles: Doubles, phone: string): readonly SimMessage[] =>
  doubles.wazzup.simulator.chat(phone).filter((message) => message.from === 'business');

/** The same without the line that asks for patience: a loaded machine may be slow enough for it. */
export const replies = (doubles: Doubles, phone: string): readonly SimMessage[] =>
  sentTo(doubles, phone).filter(
    (message) => message.text !== holdingLine('en') && message.text !== holdingLine('ar'),
  );
