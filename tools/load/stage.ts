/** The whole product as a process of its own, held to what the small server gives it, between customers and vendors. */
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { promisify } from 'node:util';
import type pg from 'pg';
import { makePool } from '../../adapters/postgres/pool.ts';
import { type Product, SECRET, startProduct, until } from '../../tests/support/product.ts';
import type { Latencies } from './latencies.ts';
import { startVendors, type Vendors } from './vendors.ts';

export interface StageOptions {
  readonly databaseUrl: string;
  /** What vendors are to take, or vendors that run already and are somebody else's to close. */
  readonly vendors: Latencies | Vendors;
  /** Cores the product may use, as `taskset` names them; null: all. */
  readonly cores: string | null;
  /** Variables beyond those of the vendors; unset ones are as shipped. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Stage {
  readonly product: Product;
  readonly vendors: Vendors;
  /** Of the load run itself, not counted as the product's. */
  readonly pool: pg.Pool;
  readonly stop: () => Promise<void>;
}

/** A replica of docker-compose.yml may have 1200 MB in all; Node's old space gets what the rest of it leaves. */
export const MEMORY_LIMIT_MB = 1200;
const OLD_SPACE_MB = 900;
/** Of the connections that the load run itself makes. */
export const OWN_CONNECTIONS = 'treejar-load';
const PATIENCE_MS = 120_000;

/** As shipped (contract 2): the test support's own are for tests that are in a hurry. */
const SHIPPED = { DEBOUNCE_MS: '1500', DEBOUNCE_MAX_MS: '6000', REPLY_DEADLINE_MS: '10000' };

/** A shop's budget ends at some hundred dialogues; what is measured here is not the money. */
const MONEY = {
  totalDailyUsd: '1000',
  dialogueDailyUsd: '1000',
  summaryDailyUsd: '1000',
  otherDailyUsd: '1000',
};

/** Starts everything and waits until the catalog can be searched. */
export const openStage = async (options: StageOptions): Promise<Stage> => {
  const isOurs = !('env' in options.vendors);
  const vendors = 'env' in options.vendors ? options.vendors : await startVendors(options.vendors);
  const product = await startReplica(options.databaseUrl, vendors, options.env);
  if (options.cores !== null) await pin(product.child.pid ?? 0, options.cores);
  vendors.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
  const { status } = await product.api('PUT', '/admin/settings', { budgets: MONEY });
  if (status !== 200) throw new Error(`The settings answered ${status}.`);
  await until(
    'the catalog',
    async () => (await product.api('GET', '/products?limit=1')).body.items.length > 0,
    PATIENCE_MS,
  );
  const pool = makePool(options.databaseUrl, { max: 2, applicationName: OWN_CONNECTIONS });
  return {
    product,
    vendors,
    pool,
    stop: async () => {
      await product.stop();
      await pool.end();
      if (isOurs) await vendors.close();
    },
  };
};

/** One process of the product, before those vendors. */
export const startReplica = (
  databaseUrl: string,
  vendors: Vendors,
  env: Readonly<Record<string, string>> = {},
): Promise<Product> =>
  startProduct({
    databaseUrl,
    env: {
      ...SHIPPED,
      LOG_LEVEL: 'error',
      STATELY_INSPECT: '',
      NODE_OPTIONS: `--max-old-space-size=${OLD_SPACE_MB}`,
      ...vendors.env,
      ...env,
    },
  });

/**
 * Keeps this process and the database, with all that they start from now on, off the product's cores: a product that shares
 * its core with its own customers is measured by what they leave. Where there are no others, nothing is parted.
 */
export const partCores = async (databasePid: number, cores: string): Promise<void> => {
  const taken = coresOf(cores);
  const others = cpus().flatMap((_, core) => (taken.has(core) ? [] : [core]));
  if (others.length === 0) return;
  for (const pid of [process.pid, databasePid]) await pin(pid, others.join(','));
};

/** `0,2-3` as taskset reads it. */
export const coresOf = (list: string): ReadonlySet<number> =>
  new Set(
    list.split(',').flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    }),
  );

/** All threads of the process, and those that they start later. */
const pin = async (pid: number, cores: string): Promise<void> => {
  await promisify(execFile)('taskset', ['--all-tasks', '--cpu-list', '--pid', cores, String(pid)]);
};
