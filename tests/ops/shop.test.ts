/** The running shop as its owner meets it: through nginx with TLS, in its numbers, in its traces, and from inside. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAMILIES } from '../../runtime/observability/metric-families.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  type Doubles,
  freePort,
  inbound,
  type Product,
  replies,
  SECRET,
  startDoubles,
  startProduct,
  TOKEN,
  until,
} from '../support/product.ts';
import { hasNginx, type OwnNginx, startNginx } from './own-nginx.ts';

const PHONE = '971501234999';
const WORDS = 'chairs for my flamingo parlour';
const BEARER = { authorization: `Bearer ${TOKEN}` };

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

let db: TestDatabase;
let doubles: Doubles;
let product: Product;
let collector: Server;
let dataDir: string;
/** What the collector was sent, as text. */
let exported = '';
const spans: Span[] = [];

const startCollector = async (port: number): Promise<void> => {
  collector = createServer((asked, answer) => {
    let text = '';
    asked.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    asked.on('end', () => {
      exported += text;
      const body = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      spans.push(
        ...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
      );
      answer.setHeader('content-type', 'application/json');
      answer.end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(port, '127.0.0.1', resolve));
};

beforeAll(async () => {
  db = await testDatabase();
  doubles = await startDoubles();
  dataDir = mkdtempSync(join(tmpdir(), 'treejar-shop-'));
  const port = await freePort();
  await startCollector(port);
  product = await startProduct({
    databaseUrl: db.url,
    env: {
      ...doubles.env,
      DATA_DIR: dataDir,
      PUBLIC_URL: 'https://shop.test',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    },
  });
  await product.webhook({ messages: [inbound(PHONE, `Hello, I need ${WORDS}`)] });
  await until('a reply', () => replies(doubles, PHONE)[0]);
});

afterAll(async () => {
  await product.stop();
  collector.closeAllConnections();
  collector.close();
  await doubles.close();
  await db.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('/metrics', () => {
  it('tells every number by name, and those of the dialogue by value', async () => {
    const page = await until('the reply to be counted', async () => {
      const response = await fetch(`${product.url}/metrics`);
      const text = await response.text();
      return /^treejar_reply_seconds_count [1-9]/m.test(text) ? text : null;
    });
    for (const name of Object.keys(FAMILIES)) expect(page).toContain(`# TYPE ${name} `);
    expect(page).toMatch(/^treejar_commit_seconds_count\{way="(merged|mailbox)"\} [1-9]/m);
    expect(page).toMatch(/^treejar_vendor_calls_total\{vendor="wazzup"\} [1-9]/m);
    expect(page).toMatch(/^treejar_model_cost_today_usd\{job="dialogue"\} /m);
    expect(page).toMatch(/^treejar_backup_age_seconds \d/m);
    expect(page).toMatch(/^treejar_event_loop_delay_seconds\{quantile="0.99"\} \d/m);
    expect(page).toMatch(/^treejar_database_up 1$/m);
    expect(page).not.toContain(PHONE);
  });
});

describe('traces', () => {
  it('lead from the webhook through the commits to the call of the vendor, without the customer', async () => {
    const call = await until('the trace of the reply', () => {
      const sent = spans.find(({ name }) => name === 'command sendMessage');
      return sent && spans.find((span) => span.name === 'Wazzup.request' && span.traceId === sent.traceId);
    });
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const path: string[] = [];
    for (let span: Span | undefined = call; span; span = byId.get(span.parentSpanId ?? ''))
      path.push(span.name);
    expect(path.at(0)).toBe('Wazzup.request');
    expect(path).toContain('command sendMessage');
    expect(path.at(-1)).toBe('accept customer.message');
    const inTrace = spans.filter(({ traceId }) => traceId === call.traceId).map(({ name }) => name);
    expect(inTrace).toEqual(expect.arrayContaining(['command think', 'apply customer.message']));
    for (const secret of [PHONE, 'flamingo', 'Omar', TOKEN, SECRET])
      expect(exported, secret).not.toContain(secret);
  });
});

describe('looking into the process', () => {
  it('is for administrators, and on record', async () => {
    const stranger = await product.api('POST', '/admin/diagnostics/cpu-profile', undefined, {
      authorization: 'Bearer x',
    });
    expect(stranger.status).toBe(401);
    const profile = await product.api('POST', '/admin/diagnostics/cpu-profile?seconds=0.2');
    expect(profile.status).toBe(200);
    expect(profile.body.nodes.length).toBeGreaterThan(0);
    expect(profile.body.endTime).toBeGreaterThan(profile.body.startTime);
    const heap = await product.api('POST', '/admin/diagnostics/heap-snapshot');
    expect(heap.body.bytes).toBeGreaterThan(1_000_000);
    expect(existsSync(heap.body.file)).toBe(true);
    expect(readFileSync(heap.body.file, 'utf8').slice(0, 20)).toContain('{"snapshot"');
    const audit = (await product.api('GET', '/admin/audit')).body.items.map(
      (item: { action: string }) => item.action,
    );
    expect(audit.slice(0, 2)).toEqual(['diagnostics.heapSnapshot', 'diagnostics.cpuProfile']);
  });
});

describe.skipIf(!hasNginx())('through nginx (skipped where nginx is not installed)', () => {
  let nginx: OwnNginx;
  beforeAll(async () => {
    nginx = await startNginx(product.port);
  });
  afterAll(() => nginx.stop());

  it('serves the API and the admin with their security headers, and refuses what is too large', async () => {
    const health = await nginx.ask('/api/v1/health');
    expect(health.status).toBe(200);
    expect(health.headers['strict-transport-security']).toContain('max-age=31536000');
    expect(health.headers['content-security-policy']).toContain("default-src 'self'");
    expect(health.headers['x-content-type-options']).toBe('nosniff');
    expect(health.headers.server).toBe('nginx');
    expect(health.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect((await nginx.ask('/api/v1/conversations', BEARER)).status).toBe(200);
    expect((await nginx.ask('/metrics', BEARER)).status).toBe(404);
    const webhook = { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' };
    expect((await nginx.ask('/api/v1/webhook/wazzup', webhook, '{"test":true}')).status).toBe(200);
    expect((await nginx.ask('/api/v1/webhook/wazzup', webhook, `"${'x'.repeat(1_100_000)}"`)).status).toBe(
      413,
    );
  });

  it('sends the files of the admin compressed', async () => {
    const page = await nginx.ask('/admin/');
    const script = /src="(\/admin\/assets\/[^"]+\.js)"/.exec(page.body)?.[1] ?? '';
    for (const encoding of ['gzip', 'br']) {
      const file = await nginx.ask(script, { 'accept-encoding': encoding });
      expect(file).toMatchObject({ status: 200, headers: { 'content-encoding': encoding } });
    }
  });

  it('lets a live socket through to the shop and back', async () => {
    const { body } = await product.api('POST', '/live/token');
    const first = await new Promise<string>((resolve, reject) => {
      const socket = connect(
        {
          port: nginx.tls,
          host: '127.0.0.1',
          servername: 'shop.test',
          ca: nginx.ca,
          ALPNProtocols: ['http/1.1'],
        },
        () =>
          socket.write(
            `GET /api/v1/live?token=${body.token} HTTP/1.1\r\nHost: shop.test\r\nOrigin: https://shop.test\r\n` +
              'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
              'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
          ),
      );
      let seen = '';
      let asked = false;
      socket.on('data', (chunk: Buffer) => {
        seen += chunk.toString('latin1');
        if (!asked && seen.includes('\r\n\r\n')) {
          asked = true;
          socket.write(frame('{"ping":7}'));
        }
        if (seen.includes('"pong"') || /HTTP\/1\.1 (?!101)/.test(seen)) {
          resolve(seen);
          socket.destroy();
        }
      });
      socket.on('error', reject);
    });
    expect(first).toContain('HTTP/1.1 101');
    expect(first).toContain('"pong"');
  });

  it('slows down whoever guesses passwords, whatever address they claim', async () => {
    const wrong = JSON.stringify({ email: 'nobody@shop.test', password: 'wrong' });
    const json = { 'content-type': 'application/json', 'x-forwarded-for': '6.6.6.6' };
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await nginx.ask('/api/v1/session', json, wrong)).status);
    expect(statuses[0]).toBe(401);
    // The program's own lock after so many tries, or nginx's limit: whoever comes first.
    expect(statuses.at(-1)).toBe(429);
  });
});

/** A masked text frame of less than 126 bytes. */
const frame = (text: string): Buffer => {
  const mask = Buffer.from([1, 2, 3, 4]);
  const bytes = Buffer.from(text).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length]), mask, bytes]);
};
