/** A process of its own for the doubles that compute (model, Zoho, Jina), so that they do not slow the customers' clocks. */
import { startJinaDouble } from '../../adapters/jina/double.ts';
import { startOpenRouterDouble } from '../../adapters/openrouter/double.ts';
import { startZohoDouble } from '../../adapters/zoho-oauth/zoho-double.ts';
import type { Latencies } from './latencies.ts';
import { between, seededRandom } from './random.ts';

const start = async (latencies: Latencies): Promise<void> => {
  const random = seededRandom(2);
  const [openrouter, zoho, jina] = await Promise.all([
    startOpenRouterDouble(),
    startZohoDouble(),
    startJinaDouble(),
  ]);
  openrouter.server.setLatency(() => between(random, latencies.model));
  zoho.server.setLatency(() => between(random, latencies.zoho));
  jina.server.setLatency(() => between(random, latencies.jina));
  process.send?.({
    OPENROUTER_BASE_URL: openrouter.url,
    ZOHO_ACCOUNTS_URL: zoho.accountsUrl,
    ZOHO_CRM_BASE_URL: zoho.crmUrl,
    ZOHO_INVENTORY_BASE_URL: zoho.inventoryUrl,
    JINA_BASE_URL: jina.url,
    JINA_API_KEY: 'the-key-of-the-double',
  });
};

process.once('message', (latencies) => void start(latencies as Latencies));
// Whoever started it has gone.
process.once('disconnect', () => process.exit(0));
