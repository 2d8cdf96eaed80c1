/**
 * The program of server.blackbox.test.ts: the real server on the real library over a real database, with the tests'
 * engine. Prints its address as one JSON line; SIGTERM stops it.
 */
import { Redacted } from 'effect';
import { makePool } from '../../adapters/postgres/pool.ts';
import { decodeWebhook } from '../../adapters/wazzup/webhook.ts';
import { systemClock } from '../clock.ts';
import { makeMediaSigner } from './media.ts';
import { makeMetrics } from './metrics.ts';
import { startServer } from './server.ts';
import { fakeEngine, fakeViews } from './test-fakes.ts';

const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} must be set by the test`);
  return value;
};

const clock = systemClock;
const line = (fields: Readonly<Record<string, unknown>>, message: string) =>
  void process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
const log = { debug: () => {}, info: () => {}, warn: line, error: line };

const pool = makePool(env('DATABASE_URL'), { max: 5, applicationName: 'treejar-blackbox' });
const engine = fakeEngine();
const { deliver } = engine;
Object.assign(engine, {
  deliver: async (events: Parameters<typeof deliver>[0]) => {
    await new Promise((resume) => setTimeout(resume, Number(process.env.SLOW_MS ?? 0)));
    return deliver(events);
  },
});

const sessionSecret = Redacted.make('session-secret');
const server = await startServer({
  engine,
  views: fakeViews(engine),
  pool,
  clock,
  log,
  telemetry: makeMetrics(),
  logId: (id) => `#${id.length}`,
  decodeWebhook,
  config: {
    host: '127.0.0.1',
    port: Number(process.env.PORT ?? 0),
    publicUrl: null,
    dataDir: env('DATA_DIR'),
    adminDir: env('ADMIN_DIR'),
    mailboxLimit: 20_000,
    maxBodyBytes: 100_000,
    webhookSecret: Redacted.make('webhook-secret'),
    sessionSecret,
    apiToken: Redacted.make('script-token'),
    channelIds: ['c1'],
    version: '1.2.3',
    roles: { ingest: true, live: true },
    inspect: true,
  },
});
const media = makeMediaSigner({ secret: sessionSecret, publicUrl: () => server.url, clock }).sign(
  'photos/a.jpg',
  60_000,
);
process.stdout.write(`${JSON.stringify({ url: server.url, port: server.port, media })}\n`);

process.once('SIGTERM', async () => {
  await server.stop(3000);
  await pool.end();
  process.stdout.write('stopped\n');
});
