/** The vendors' doubles, started for those that have no key (design 8), and where every vendor is then to be found. */
import { Redacted } from 'effect';
import { type OpenRouterDouble, startOpenRouterDouble } from '../adapters/openrouter/double.ts';
import { startTelegramDouble, type TelegramDouble } from '../adapters/telegram/double.ts';
import { startWazzupDouble, type WazzupDouble } from '../adapters/wazzup/double.ts';
import { startWhisperDouble, type WhisperDouble } from '../adapters/whisper/double.ts';
import { startZohoDouble, type ZohoDouble } from '../adapters/zoho-oauth/zoho-double.ts';
import type { Config, VendorMode } from './config.ts';
import type { Clock } from './engine/types.ts';
import { searchEndpointsOf, searchPlaces } from './search-services.ts';
import type { Endpoints } from './services.ts';

export interface Sandbox {
  readonly wazzup: WazzupDouble | null;
  readonly openrouter: OpenRouterDouble | null;
  readonly zoho: ZohoDouble | null;
  readonly whisper: WhisperDouble | null;
  readonly telegram: TelegramDouble | null;
  readonly close: () => Promise<void>;
}

/** A vendor in the table that `npm start` prints. */
export interface VendorPlace {
  readonly vendor: string;
  readonly mode: VendorMode | 'in-process' | 'embedded' | 'off';
  readonly where: string;
}

/** How long the model's double takes to answer, ms: long enough to see the statechart at work, short enough to talk. */
const MODEL_LATENCY_MS = 200;

export interface SandboxPorts {
  readonly wazzup?: number;
  readonly openrouter?: number;
  readonly zoho?: number;
  readonly whisper?: number;
  readonly telegram?: number;
}

/** Starts a double for each vendor in sandbox mode; `all` starts every one of them. */
export const startSandbox = async (
  config: Config,
  clock: Clock,
  options: { readonly all?: boolean; readonly ports?: SandboxPorts } = {},
): Promise<Sandbox> => {
  const wanted = (mode: VendorMode) => options.all === true || mode === 'sandbox';
  const zohoWanted = [config.zoho.accounts, config.zoho.crm, config.zoho.inventory].some((part) =>
    wanted(part.mode),
  );
  const wazzup = wanted(config.wazzup.mode)
    ? await startWazzupDouble({
        channelId: config.wazzup.channelIds.join(','),
        // With templates and the 24-hour window, as a shop's channel should be (domain 17.12).
        transport: 'wapi',
        now: clock.now,
        port: options.ports?.wazzup ?? 0,
      })
    : null;
  const openrouter = wanted(config.openRouter.mode)
    ? await startOpenRouterDouble({
        latencyMs: MODEL_LATENCY_MS,
        now: clock.now,
        port: options.ports?.openrouter ?? 0,
      })
    : null;
  const zoho = zohoWanted ? await startZohoDouble({ clock, port: options.ports?.zoho ?? 0 }) : null;
  const whisper = wanted(config.whisper.mode)
    ? await startWhisperDouble({ port: options.ports?.whisper ?? 0 })
    : null;
  const telegram =
    options.all === true || config.telegram.mode === 'sandbox'
      ? await startTelegramDouble({ now: clock.now, port: options.ports?.telegram ?? 0 })
      : null;
  return {
    wazzup,
    openrouter,
    zoho,
    whisper,
    telegram,
    close: async () => {
      await Promise.all([
        wazzup?.close(),
        openrouter?.close(),
        zoho?.close(),
        whisper?.close(),
        telegram?.close(),
      ]);
    },
  };
};

/** Each vendor's endpoint: the double where one runs, the configured address otherwise. */
export const endpointsOf = (config: Config, sandbox: Sandbox): Endpoints => {
  const { zoho } = config;
  const double = sandbox.zoho;
  const at = (part: { readonly mode: VendorMode; readonly baseUrl: string }, url: string | undefined) =>
    part.mode === 'sandbox' && url !== undefined ? url : part.baseUrl;
  return {
    ...searchEndpointsOf(config),
    wazzup: { baseUrl: sandbox.wazzup?.url ?? config.wazzup.baseUrl, apiKey: config.wazzup.apiKey },
    openrouter: {
      baseUrl: sandbox.openrouter?.url ?? config.openRouter.baseUrl,
      apiKey: config.openRouter.apiKey,
      model: config.openRouter.model,
      fallbackModels: config.openRouter.fallbackModels,
      visionModel: config.openRouter.visionModel,
      judgeModel: config.openRouter.judgeModel,
    },
    telegram:
      config.telegram.mode === 'off'
        ? null
        : {
            baseUrl: sandbox.telegram?.url ?? config.telegram.baseUrl,
            botToken: config.telegram.botToken,
            chatId: config.telegram.chatId,
          },
    whisper: {
      baseUrl: sandbox.whisper?.url ?? config.whisper.baseUrl,
      apiKey: config.whisper.apiKey,
      model: config.whisper.model,
    },
    zoho: {
      accountsUrl: at(zoho.accounts, double?.accountsUrl),
      crmUrl: at(zoho.crm, double?.crmUrl),
      inventoryUrl: at(zoho.inventory, double?.inventoryUrl),
      clientId: zoho.clientId,
      clientSecret: zoho.clientSecret,
      refreshToken: zoho.refreshToken,
      inventoryRefreshToken: zoho.inventoryRefreshToken,
      organizationId: zoho.organizationId,
      inventoryPerMinute: zoho.inventoryPerMinute,
    },
    redisUrl: config.redis.kind === 'url' ? config.redis.url : null,
  };
};

/** The rows of the start-up table. */
export const placesOf = (config: Config, endpoints: Endpoints): readonly VendorPlace[] => [
  { vendor: 'Wazzup', mode: config.wazzup.mode, where: endpoints.wazzup.baseUrl },
  { vendor: 'OpenRouter', mode: config.openRouter.mode, where: endpoints.openrouter.baseUrl },
  { vendor: 'Whisper', mode: config.whisper.mode, where: endpoints.whisper.baseUrl },
  {
    vendor: 'Telegram',
    mode: config.telegram.mode,
    where: endpoints.telegram?.baseUrl ?? 'alerts stay in the admin',
  },
  { vendor: 'Zoho accounts', mode: config.zoho.accounts.mode, where: endpoints.zoho.accountsUrl },
  { vendor: 'Zoho CRM', mode: config.zoho.crm.mode, where: endpoints.zoho.crmUrl },
  { vendor: 'Zoho Inventory', mode: config.zoho.inventory.mode, where: endpoints.zoho.inventoryUrl },
  {
    vendor: 'PostgreSQL',
    mode: config.database.kind === 'embedded' ? 'embedded' : 'live',
    where: databaseWhere(config),
  },
  config.redis.kind === 'url'
    ? { vendor: 'Redis', mode: 'live', where: new URL(Redacted.value(config.redis.url)).host }
    : { vendor: 'Redis', mode: 'in-process', where: 'cache, limits and live stream in this process' },
  ...searchPlaces(endpoints),
];

const databaseWhere = (config: Config): string =>
  config.database.kind === 'embedded' ? config.dataDir : new URL(Redacted.value(config.database.url)).host;

/** Variables that point another process at these doubles. */
export const sandboxVariables = (sandbox: Sandbox): Readonly<Record<string, string>> => ({
  ...(sandbox.wazzup ? { WAZZUP_BASE_URL: sandbox.wazzup.url } : {}),
  ...(sandbox.openrouter ? { OPENROUTER_BASE_URL: sandbox.openrouter.url } : {}),
  ...(sandbox.whisper ? { WHISPER_BASE_URL: sandbox.whisper.url } : {}),
  ...(sandbox.telegram ? { TELEGRAM_BASE_URL: sandbox.telegram.url } : {}),
  ...(sandbox.zoho
    ? {
        ZOHO_ACCOUNTS_URL: sandbox.zoho.accountsUrl,
        ZOHO_CRM_BASE_URL: sandbox.zoho.crmUrl,
        ZOHO_INVENTORY_BASE_URL: sandbox.zoho.inventoryUrl,
      }
    : {}),
});
