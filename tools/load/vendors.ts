/** The vendors of a load run: Wazzup, whose phones are read, in this process; the others beside it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startWazzupDouble, type WazzupDouble } from '../../adapters/wazzup/double.ts';
import { CHANNEL } from '../../tests/support/product.ts';
import type { Latencies } from './latencies.ts';
import { between, seededRandom } from './random.ts';

export interface Vendors {
  readonly wazzup: WazzupDouble;
  /** Variables that point the product at them. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** A status webhook that finds the product busy is tried so long, ms. */
const RETRY_FOR_MS = 120_000;

export const startVendors = async (latencies: Latencies): Promise<Vendors> => {
  const child = fork(join(import.meta.dirname, 'vendors-process.ts'), { stdio: ['ignore', 2, 2, 'ipc'] });
  child.send(latencies);
  const [env] = (await once(child, 'message')) as [Readonly<Record<string, string>>];
  const random = seededRandom(1);
  const wazzup = await startWazzupDouble({ channelId: CHANNEL, retryForMs: RETRY_FOR_MS });
  wazzup.server.setLatency(() => between(random, latencies.wazzup));
  return {
    wazzup,
    env: { ...env, WAZZUP_BASE_URL: wazzup.url, WAZZUP_CHANNEL_ID: CHANNEL },
    close: async () => {
      await wazzup.close();
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
};
