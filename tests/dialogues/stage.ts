/** One product process and its doubles, on which all dialogues of a file are played side by side. */
import { startWhisperDouble, type WhisperDouble } from '../../adapters/whisper/double.ts';
import { voiceSample } from '../../adapters/whisper/voice-samples.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  freePort,
  type Product,
  SECRET,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';

export interface Stage {
  readonly db: TestDatabase;
  readonly doubles: Doubles;
  /** The running process; another one after a crash. */
  readonly product: Product;
  /** SIGKILL: nothing is finished, nothing is said. */
  readonly crash: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly detail: (phone: string) => Promise<Detail>;
  /** Trigger numbers of the alerts about this customer, oldest first. */
  readonly alerts: (phone: string) => Promise<readonly (number | null)[]>;
  /** A link to a sample in the channel's store. */
  readonly voiceLink: (sample: Parameters<typeof voiceSample>[0]) => string;
  readonly close: () => Promise<void>;
}

/** The part of `GET /conversations/:id` that dialogues look at. */
export interface Detail {
  readonly owner: string;
  readonly language: 'en' | 'ar';
  readonly unanswered: number;
  readonly value: { readonly turn: unknown };
  readonly customer: {
    readonly slots: readonly { readonly slot: string; readonly value: string }[];
  };
  readonly order: { readonly lines: readonly { readonly sku: string; readonly quantity: number }[] };
}

export const startStage = async (env: Readonly<Record<string, string>> = {}): Promise<Stage> => {
  const db = await testDatabase();
  const doubles = await startDoubles();
  const whisper: WhisperDouble = await startWhisperDouble();
  const port = await freePort();
  const run = () =>
    startProduct({
      databaseUrl: db.url,
      port,
      env: { ...doubles.env, WHISPER_BASE_URL: whisper.url, ...env },
    });
  let product = await run();
  doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
  await until(
    'the catalog',
    async () => (await product.api('GET', '/products?limit=1')).body.items.length > 0,
  );
  return {
    db,
    doubles,
    get product() {
      return product;
    },
    crash: () => product.kill(),
    start: async () => {
      product = await run();
    },
    detail: async (phone) => (await product.api('GET', `/conversations/${conversationOf(phone)}`)).body,
    alerts: async (phone) => {
      const { rows } = await db.pool.query<{ trigger_number: number | null }>(
        'select trigger_number from alert where conversation_id = $1 order by at, alert_id',
        [conversationOf(phone)],
      );
      return rows.map((row) => row.trigger_number);
    },
    voiceLink: (name) => {
      const { bytes, fileName, mime } = voiceSample(name);
      return doubles.wazzup.putFile(bytes, fileName, mime);
    },
    close: async () => {
      await product.stop();
      await whisper.close();
      await doubles.close();
      await db.drop();
    },
  };
};
