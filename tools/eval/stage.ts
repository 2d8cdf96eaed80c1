/**
 * The product that a version is played on: a process of its own with vendors' doubles, so that nothing is written to a
 * real CRM, shop or phone. With `OPENROUTER_API_KEY` set the model is the real one, and is paid.
 */
import type pg from 'pg';
import { makePool } from '../../adapters/postgres/pool.ts';
import {
  type Doubles,
  freePort,
  type Product,
  SECRET,
  startDoubles,
  startProduct,
  until,
} from '../../tests/support/product.ts';
import type { Variant } from './variant.ts';

export interface Stage {
  readonly doubles: Doubles;
  readonly product: Product;
  readonly pool: pg.Pool;
  readonly close: () => Promise<void>;
}

/** Vendors that have no part in a played dialogue: their keys stay out of it. */
const UNUSED = [
  'WAZZUP_API_KEY',
  'ZOHO_CLIENT_ID',
  'ZOHO_CLIENT_SECRET',
  'ZOHO_REFRESH_TOKEN',
  'ZOHO_INVENTORY_REFRESH_TOKEN',
  'ZOHO_ORGANIZATION_ID',
  'WHISPER_API_KEY',
  'JINA_API_KEY',
  'QDRANT_URL',
  'REDIS_URL',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_CHAT_ID',
];

export const isRealModel = (env: Readonly<Record<string, string | undefined>> = process.env): boolean =>
  (env.OPENROUTER_API_KEY ?? '') !== '';

/** What is given to the product; without a key the model is the double. */
const envOf = (doubles: Doubles, variant: Variant): Readonly<Record<string, string>> => {
  const { OPENROUTER_BASE_URL: double = '', ...others } = doubles.env;
  return {
    ...Object.fromEntries(UNUSED.map((name) => [name, ''])),
    ...others,
    ...(isRealModel() ? {} : { OPENROUTER_BASE_URL: double }),
    // What a customer waits for is measured: nobody types for long here.
    DEBOUNCE_MS: '150',
    ...variant.env,
  };
};

/** `databaseUrl`: an empty database of its own. */
export const startStage = async (databaseUrl: string, variant: Variant): Promise<Stage> => {
  const doubles = await startDoubles();
  const product = await startProduct({
    databaseUrl,
    port: await freePort(),
    env: envOf(doubles, variant),
    ...(variant.checkout === undefined ? {} : { root: variant.checkout }),
  });
  const pool = makePool(databaseUrl, { max: 2, applicationName: 'treejar eval' });
  const close = async () => {
    await pool.end();
    await product.stop();
    await doubles.close();
  };
  try {
    doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
    await until(
      'the catalog',
      async () => (await product.api('GET', '/products?limit=1')).body.items.length > 0,
    );
    await setPrompts(product, variant);
  } catch (error) {
    await close();
    throw error;
  }
  return { doubles, product, pool, close };
};

const setPrompts = async (product: Product, { name, prompts = {} }: Variant): Promise<void> => {
  for (const [section, body] of Object.entries(prompts)) {
    const { status } = await product.api('POST', '/admin/prompts', { section, body, note: name });
    if (status >= 300) throw new Error(`The prompt section ${section} was refused (${status}).`);
  }
};
