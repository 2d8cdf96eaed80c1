/**
 * Which vendor is real. Its keys are set: live. Its keys are unset and its base URL is given: live against that
 * address with a stand-in key, in development only (tests and doubles are plugged in so). Neither: the sandbox.
 */
import { Redacted } from 'effect';
import type { Reader } from './reader.ts';
import { asInteger, asList, asSecret, asText, asUrl } from './values.ts';

export type VendorMode = 'live' | 'sandbox';
export type Secret = Redacted.Redacted<string>;

export interface WazzupConfig {
  readonly mode: VendorMode;
  readonly baseUrl: string;
  readonly apiKey: Secret;
  /** At least one. */
  readonly channelIds: readonly string[];
}

export interface ZohoConfig {
  /** The token endpoint may be real or not by itself, as may CRM and Inventory. */
  readonly accounts: { readonly mode: VendorMode; readonly baseUrl: string };
  readonly crm: { readonly mode: VendorMode; readonly baseUrl: string };
  readonly inventory: { readonly mode: VendorMode; readonly baseUrl: string };
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly refreshToken: Secret;
  /** Equals `refreshToken` unless it is set apart. */
  readonly inventoryRefreshToken: Secret;
  readonly organizationId: string;
  /** Calls to Inventory of all replicas in a minute; 0: no limit, as a double has none. */
  readonly inventoryPerMinute: number;
}

export interface OpenRouterConfig {
  readonly mode: VendorMode;
  readonly baseUrl: string;
  readonly apiKey: Secret;
  readonly model: string;
  readonly fallbackModels: readonly string[];
  readonly judgeModel: string;
  /** Looks at customers' pictures; null: pictures are shown to people only. */
  readonly visionModel: string | null;
}

export interface ModelConfig {
  readonly mode: VendorMode;
  readonly baseUrl: string;
  readonly apiKey: Secret;
  readonly model: string;
}

export interface TelegramConfig {
  /** `off`: alerts stay in the admin. */
  readonly mode: VendorMode | 'off';
  readonly baseUrl: string;
  readonly botToken: Secret;
  readonly chatId: string;
}

/** What a double gets as key; a real vendor refuses it. */
export const STAND_IN = 'sandbox';
/** The channel of the sandbox, and of a given base URL without a channel. */
export const SANDBOX_CHANNEL_ID = '00000000-0000-4000-8000-000000000001';
const SANDBOX_ORGANIZATION_ID = '10000000001';
const standIn = (): Secret => Redacted.make(STAND_IN, { label: 'stand-in' });

/** Of Zoho's 100 for an organisation (wire/04 §2): the rest is for people who work in Inventory's other programs. */
const INVENTORY_PER_MINUTE = 95;
const INVENTORY_PER_MINUTE_MAX = 10_000;

const CHANNELS_MAX = 50;
const MODELS_MAX = 10;

interface Keys {
  readonly vendor: string;
  readonly secrets: readonly string[];
  /** Names rather than secrets: alone they switch nothing on. */
  readonly ids: readonly string[];
  readonly baseUrls: readonly string[];
}

/**
 * Says whether the vendor has all its keys. In production a missing one is a fault. In development half a set is one,
 * unless a base URL is given: then stand-ins fill the gaps.
 */
const hasKeys = (reader: Reader, { vendor, secrets, ids, baseUrls }: Keys): boolean => {
  const missing = [...secrets, ...ids].filter((name) => !reader.has(name));
  if (missing.length === 0) return true;
  const started = secrets.filter((name) => reader.has(name));
  if (reader.mode === 'production') {
    for (const name of missing)
      reader.fault(name, `is required in production: ${vendor} has no sandbox there.`);
  } else if (started.length > 0 && !baseUrls.some((name) => reader.has(name))) {
    for (const name of missing) {
      reader.fault(
        name,
        `is missing beside ${started.join(', ')}: set all of them, or none to use the sandbox.`,
      );
    }
  }
  return false;
};

const modeOf = (reader: Reader, keyed: boolean, baseUrl: string): VendorMode =>
  keyed || reader.has(baseUrl) ? 'live' : 'sandbox';

const key = (reader: Reader, name: string): Secret => reader.secret(name, asText) ?? standIn();

export const readWazzup = (reader: Reader): WazzupConfig => {
  const keyed = hasKeys(reader, {
    vendor: 'Wazzup',
    secrets: ['WAZZUP_API_KEY'],
    ids: ['WAZZUP_CHANNEL_ID'],
    baseUrls: ['WAZZUP_BASE_URL'],
  });
  return {
    mode: modeOf(reader, keyed, 'WAZZUP_BASE_URL'),
    baseUrl: reader.or('WAZZUP_BASE_URL', asUrl, 'https://api.wazzup24.com/v3'),
    apiKey: key(reader, 'WAZZUP_API_KEY'),
    channelIds: reader.or('WAZZUP_CHANNEL_ID', asList(asText, CHANNELS_MAX), [SANDBOX_CHANNEL_ID]),
  };
};

export const readZoho = (reader: Reader): ZohoConfig => {
  const keyed = hasKeys(reader, {
    vendor: 'Zoho',
    secrets: ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'],
    ids: ['ZOHO_ORGANIZATION_ID'],
    baseUrls: ['ZOHO_ACCOUNTS_URL', 'ZOHO_CRM_BASE_URL', 'ZOHO_INVENTORY_BASE_URL'],
  });
  const refreshToken = key(reader, 'ZOHO_REFRESH_TOKEN');
  const part = (name: string, fallback: string) => ({
    mode: modeOf(reader, keyed, name),
    baseUrl: reader.or(name, asUrl, fallback),
  });
  return {
    accounts: part('ZOHO_ACCOUNTS_URL', 'https://accounts.zoho.eu'),
    crm: part('ZOHO_CRM_BASE_URL', 'https://www.zohoapis.eu/crm/v8'),
    inventory: part('ZOHO_INVENTORY_BASE_URL', 'https://www.zohoapis.eu/inventory/v1'),
    clientId: reader.or('ZOHO_CLIENT_ID', asText, STAND_IN),
    clientSecret: key(reader, 'ZOHO_CLIENT_SECRET'),
    refreshToken,
    inventoryRefreshToken: reader.secret('ZOHO_INVENTORY_REFRESH_TOKEN', asText) ?? refreshToken,
    organizationId: reader.or('ZOHO_ORGANIZATION_ID', asText, SANDBOX_ORGANIZATION_ID),
    inventoryPerMinute: reader.or(
      'ZOHO_INVENTORY_PER_MINUTE',
      asInteger(0, INVENTORY_PER_MINUTE_MAX),
      keyed ? INVENTORY_PER_MINUTE : 0,
    ),
  };
};

/** The sandbox's model can see; a real one is named by the shop, for most dialogue models cannot. */
const readVision = (reader: Reader, keyed: boolean): string | null => {
  const named = reader.optional('OPENROUTER_VISION_MODEL', asText);
  const isSandbox = modeOf(reader, keyed, 'OPENROUTER_BASE_URL') === 'sandbox';
  return named ?? (isSandbox ? 'sandbox/sight' : null);
};

export const readOpenRouter = (reader: Reader): OpenRouterConfig => {
  const keyed = hasKeys(reader, {
    vendor: 'OpenRouter',
    secrets: ['OPENROUTER_API_KEY'],
    ids: [],
    baseUrls: ['OPENROUTER_BASE_URL'],
  });
  const model = reader.or('OPENROUTER_MODEL', asText, 'deepseek/deepseek-chat');
  const fallbackModels = reader.or('OPENROUTER_FALLBACK_MODELS', asList(asText, MODELS_MAX), []);
  return {
    mode: modeOf(reader, keyed, 'OPENROUTER_BASE_URL'),
    baseUrl: reader.or('OPENROUTER_BASE_URL', asUrl, 'https://openrouter.ai/api/v1'),
    apiKey: key(reader, 'OPENROUTER_API_KEY'),
    model,
    fallbackModels,
    judgeModel: reader.or('OPENROUTER_JUDGE_MODEL', asText, judgeFor([model, ...fallbackModels])),
    visionModel: readVision(reader, keyed),
  };
};

/** The first one whose vendor writes nothing here judges. */
const JUDGES = ['google/gemini-2.5-flash', 'openai/gpt-4.1-mini', 'deepseek/deepseek-chat'] as const;

/** `google` of `google/gemini-2.5-flash`: OpenRouter names models so. */
const vendorOf = (model: string): string => model.split('/')[0]?.toLowerCase() ?? model;

/** Whether the model comes from a vendor whose models write to customers here: nobody should judge himself. */
export const judgesItself = (judge: string, { model, fallbackModels }: Writers): boolean =>
  [model, ...fallbackModels].some((writer) => vendorOf(writer) === vendorOf(judge));

type Writers = Pick<OpenRouterConfig, 'model' | 'fallbackModels'>;

/** Another vendor's model than those that write (domain 1.8); of the first writer's at least when all vendors write. */
const judgeFor = (writers: readonly string[]): string => {
  const foreignTo = (known: readonly string[]) =>
    JUDGES.find((judge) => !known.some((writer) => vendorOf(writer) === vendorOf(judge)));
  return foreignTo(writers) ?? foreignTo(writers.slice(0, 1)) ?? JUDGES[0];
};

const readModel = (
  reader: Reader,
  vendor: string,
  prefix: string,
  baseUrl: string,
  model: string,
): ModelConfig => {
  const keyed = hasKeys(reader, {
    vendor,
    secrets: [`${prefix}_API_KEY`],
    ids: [],
    baseUrls: [`${prefix}_BASE_URL`],
  });
  return {
    mode: modeOf(reader, keyed, `${prefix}_BASE_URL`),
    baseUrl: reader.or(`${prefix}_BASE_URL`, asUrl, baseUrl),
    apiKey: key(reader, `${prefix}_API_KEY`),
    model: reader.or(`${prefix}_MODEL`, asText, model),
  };
};

export const readWhisper = (reader: Reader): ModelConfig =>
  readModel(reader, 'Whisper', 'WHISPER', 'https://api.openai.com/v1', 'whisper-1');

export const readJina = (reader: Reader): ModelConfig & { readonly dimensions: number } => ({
  ...readModel(reader, 'Jina', 'JINA', 'https://api.jina.ai/v1', 'jina-embeddings-v3'),
  dimensions: 1024,
});

/** Optional everywhere: unset it is a double in development and off in production. */
export const readTelegram = (reader: Reader): TelegramConfig => {
  const names = ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_CHAT_ID'];
  const set = names.filter((name) => reader.has(name));
  for (const name of names.filter((other) => set.length === 1 && !reader.has(other))) {
    reader.fault(name, `is missing beside ${set[0]}: set both, or neither to keep alerts in the admin.`);
  }
  const keyed = set.length === names.length;
  const production = reader.mode === 'production';
  return {
    mode: production && !keyed ? 'off' : modeOf(reader, keyed, 'TELEGRAM_BASE_URL'),
    baseUrl: reader.or('TELEGRAM_BASE_URL', asUrl, 'https://api.telegram.org'),
    botToken: reader.secret('TELEGRAM_BOT_TOKEN', asSecret(1)) ?? standIn(),
    chatId: reader.or('TELEGRAM_CHAT_ID', asText, '1'),
  };
};
