/**
 * The process: `start` (development, doubles for vendors without a key), `prod`, `migrate`, `sandbox`, and
 * `sign-in-link`, which lets the first administrator in where a shop runs. Exit codes:
 * 0 after a graceful stop, 1 on a fault, 78 on a configuration fault (contract 1).
 */
import { Redacted } from 'effect';
import { startEmbedded } from '../adapters/postgres/embedded.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { makePool } from '../adapters/postgres/pool.ts';
import { createOneTimeLink, ensureFirstAdmin } from './auth/first-admin.ts';
import { systemClock } from './clock.ts';
import { CONFIG_EXIT_CODE, type Config, ConfigFault, loadDotEnv, modeOf, readConfig } from './config.ts';
import { makeLog, type ProcessLog } from './log.ts';
import { startProduct } from './product.ts';
import { sandboxVariables, startSandbox } from './sandbox.ts';
import { startTable } from './start-table.ts';

/** Where the doubles listen when they run on their own; fixed, so that another process can be pointed at them. */
const SANDBOX_PORTS = { wazzup: 8101, openrouter: 8102, zoho: 8103, whisper: 8104, telegram: 8105 };

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const main = async (command: string): Promise<void> => {
  loadDotEnv();
  const config = readConfig(process.env, modeOf(command, process.env), { terminal: process.stdout.isTTY });
  const log = makeLog({ ...config.log, hashKey: config.sessionSecret });
  for (const warning of config.warnings) log.warn({}, warning);
  switch (command) {
    case 'start':
    case 'prod':
      return serve(config, log);
    case 'migrate':
      return migrateOnly(config);
    case 'sandbox':
      return sandboxOnly(config);
    case 'sign-in-link':
      return signInLink(config);
    default:
      throw new Error(`Unknown command ${command}: use start, prod, migrate, sandbox or sign-in-link.`);
  }
};

const serve = async (config: Config, log: ProcessLog): Promise<void> => {
  // Signals count from the first moment on: one that comes while the parts are starting stops what is there by then.
  const starting = startProduct(config, log);
  stopOnSignal(async () => (await starting).stop(), log);
  const product = await starting;
  if (config.mode === 'development') say(startTable(config, product));
  log.info({ url: product.url, roles: config.roles }, 'ready');
};

const migrateOnly = async (config: Config): Promise<void> => {
  const embedded =
    config.database.kind === 'embedded' ? await startEmbedded({ dataDir: config.dataDir }) : null;
  const url = config.database.kind === 'url' ? Redacted.value(config.database.url) : (embedded?.url ?? '');
  const pool = makePool(url, { max: 1, applicationName: 'treejar migrate' });
  try {
    const applied = await migrate(pool);
    say(applied.length === 0 ? 'Nothing to migrate.' : `Applied ${applied.join(', ')}.`);
  } finally {
    await pool.end();
    await embedded?.stop();
  }
};

/** For the first sign-in, and for an administrator who has lost the password: needs the database, not the running shop. */
const signInLink = async (config: Config): Promise<void> => {
  if (config.database.kind === 'embedded')
    throw new Error('Set DATABASE_URL: `npm start` prints the link of an embedded database itself.');
  const pool = makePool(Redacted.value(config.database.url), {
    max: 1,
    applicationName: 'treejar sign-in link',
  });
  try {
    await migrate(pool);
    const userId = await ensureFirstAdmin(pool, config.admin ?? {});
    const { sessionSecret, publicUrl: url } = config;
    say(await createOneTimeLink({ pool, clock: systemClock, sessionSecret, url, userId }));
  } finally {
    await pool.end();
  }
};

const sandboxOnly = async (config: Config): Promise<void> => {
  const sandbox = await startSandbox(config, systemClock, { all: true, ports: SANDBOX_PORTS });
  const webhook = process.env.SANDBOX_WEBHOOK_URL ?? `http://127.0.0.1:8000/api/v1/webhook/wazzup`;
  sandbox.wazzup?.setWebhook(webhook, Redacted.value(config.webhookSecret.value));
  const variables = Object.entries(sandboxVariables(sandbox)).map(([name, value]) => `${name}=${value}`);
  say(`Doubles are running. Start the product with these variables:\n\n${variables.join('\n')}`);
  say(`WAZZUP_WEBHOOK_SECRET=${Redacted.value(config.webhookSecret.value)}\n\nWebhooks go to ${webhook}`);
  stopOnSignal(sandbox.close);
};

/** The first signal stops gracefully; a second one does not wait. */
const stopOnSignal = (stop: () => Promise<void>, log?: ProcessLog): void => {
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    signals += 1;
    if (signals > 1) process.exit(1);
    log?.info({ signal }, 'stopping');
    stop().then(
      () => process.exit(0),
      (error: unknown) => leave(error),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
};

const leave = (error: unknown): never => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(error instanceof ConfigFault ? CONFIG_EXIT_CODE : 1);
};

/** Faults that we made speak for themselves; a bug needs its stack. */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const ours = '_tag' in error || 'retryable' in error;
  return ours || !error.stack ? error.message : error.stack;
};

main(process.argv[2] ?? 'start').catch(leave);
