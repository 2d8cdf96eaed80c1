/** Every variable of contract 2, decoded once at the start into one frozen value. Nothing else reads the environment. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Redacted, Schema } from 'effect';
import { asBusinessHours, type BusinessHours } from './config/business-hours.ts';
import { type Fault, type Mode, makeReader, type Reader } from './config/reader.ts';
import {
  asConnection,
  asCron,
  asDuration,
  asEmail,
  asInteger,
  asList,
  asOneOf,
  asSecret,
  asSwitch,
  asText,
  asTimeZone,
  asUrl,
} from './config/values.ts';
import {
  judgesItself,
  type ModelConfig,
  type OpenRouterConfig,
  readJina,
  readOpenRouter,
  readTelegram,
  readWazzup,
  readWhisper,
  readZoho,
  type Secret,
  type TelegramConfig,
  type WazzupConfig,
  type ZohoConfig,
} from './config/vendors.ts';
import { DEFAULT_LIMITS } from './engine/limits.ts';

export type { BusinessHours, Opening } from './config/business-hours.ts';
export type { Fault, Mode } from './config/reader.ts';
export * from './config/vendors.ts';

export const ROLES = ['ingest', 'worker', 'scheduler', 'live'] as const;
export type Role = (typeof ROLES)[number];
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** All durations are ms. */
export interface Config {
  readonly mode: Mode;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly roles: readonly Role[];
  /** Absolute. */
  readonly dataDir: string;
  readonly database: { readonly kind: 'embedded' } | { readonly kind: 'url'; readonly url: Secret };
  readonly redis: { readonly kind: 'in-process' } | { readonly kind: 'url'; readonly url: Secret };
  readonly qdrant:
    | { readonly kind: 'in-process' }
    | { readonly kind: 'url'; readonly url: string; readonly apiKey: Secret | undefined };
  readonly wazzup: WazzupConfig;
  readonly webhookSecret: { readonly value: Secret; readonly isRandom: boolean };
  readonly zoho: ZohoConfig;
  readonly openRouter: OpenRouterConfig;
  readonly whisper: ModelConfig;
  readonly jina: ModelConfig & { readonly dimensions: number };
  readonly telegram: TelegramConfig;
  /** Undefined in development only: then a one-time link is printed. */
  readonly admin: { readonly email: string; readonly password: Secret } | undefined;
  readonly adminApiToken: Secret | undefined;
  readonly sessionSecret: Secret;
  readonly log: { readonly level: LogLevel; readonly format: 'json' | 'pretty' };
  readonly debounceMs: number;
  readonly debounceMaxMs: number;
  readonly replyDeadlineMs: number;
  readonly shutdownGraceMs: number;
  /** Snapshots that the engine keeps in memory; 0: each event begins with reading its actor. */
  readonly engineCacheActors: number;
  readonly followUpDelaysMs: readonly number[];
  readonly businessHours: BusinessHours;
  readonly businessTimeZone: string;
  /** 0: a chat is never offered back. */
  readonly handOverReturnMs: number;
  readonly cron: { readonly catalogSync: string; readonly quality: string; readonly report: string };
  readonly maxBodyBytes: number;
  /** Durable events that may wait to be applied, of all replicas, before webhooks are answered 503. */
  readonly mailboxLimit: number;
  /** OTLP over HTTP, e.g. http://collector:4318; undefined: no traces leave this process. */
  readonly otlpEndpoint: string | undefined;
  readonly statelyInspect: boolean;
  /** Things that work and probably are not meant so; log them at the start. */
  readonly warnings: readonly string[];
}

/** The environment is wrong. `message` lists every fault, one per line; leave with {@link CONFIG_EXIT_CODE}. */
export class ConfigFault extends Schema.TaggedError<ConfigFault>()('ConfigFault', {
  message: Schema.String,
  retryable: Schema.Boolean,
  faults: Schema.Array(Schema.Struct({ variable: Schema.String, message: Schema.String })),
}) {}

/** EX_CONFIG of sysexits.h (contract 1). */
export const CONFIG_EXIT_CODE = 78;

/** The machine of follow-ups knows three steps (design 6, outreach). */
const FOLLOW_UPS_MAX = 3;
/** Worked off in well under a minute by one replica (docs/scaling.md): longer nobody should wait for a first answer. */
const MAILBOX_LIMIT = 20_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_DAYS = [1, 2, 3, 4, 5] as const;
const DEFAULT_HOURS: BusinessHours = WEEK_DAYS.map((weekday) => ({
  weekday,
  fromMinute: 600,
  toMinute: 1200,
}));

const randomSecret = (label: string): Secret => Redacted.make(randomBytes(32).toString('hex'), { label });

/** Required in production; made afresh at each start in development. */
const ownSecret = (reader: Reader, name: string, length: number): { value: Secret; isRandom: boolean } => {
  const given = reader.secret(name, reader.mode === 'production' ? asSecret(length) : asText);
  if (given !== undefined) return { value: given, isRandom: false };
  if (reader.mode === 'production' && !reader.has(name)) {
    reader.fault(name, 'is required in production: make one, e.g. with `openssl rand -hex 32`.');
  }
  return { value: randomSecret(name), isRandom: true };
};

const readDatabase = (reader: Reader): Config['database'] => {
  const url = reader.secret('DATABASE_URL', asConnection('postgres', 'postgresql'));
  if (url !== undefined) return { kind: 'url', url };
  if (reader.mode === 'production' && !reader.has('DATABASE_URL')) {
    reader.fault('DATABASE_URL', 'is required in production, e.g. postgres://user:password@host/treejar.');
  }
  return { kind: 'embedded' };
};

const readQdrant = (reader: Reader): Config['qdrant'] => {
  const url = reader.optional('QDRANT_URL', asUrl);
  const apiKey = reader.secret('QDRANT_API_KEY', asText);
  return url === undefined ? { kind: 'in-process' } : { kind: 'url', url, apiKey };
};

const readRedis = (reader: Reader): Config['redis'] => {
  const url = reader.secret('REDIS_URL', asConnection('redis', 'rediss'));
  return url === undefined ? { kind: 'in-process' } : { kind: 'url', url };
};

const readAdmin = (reader: Reader): Config['admin'] => {
  const production = reader.mode === 'production';
  const email = reader.optional('ADMIN_EMAIL', asEmail);
  const password = reader.secret('ADMIN_PASSWORD', production ? asSecret(8) : asText);
  const names = ['ADMIN_EMAIL', 'ADMIN_PASSWORD'];
  for (const name of names.filter((missing) => !reader.has(missing))) {
    if (production)
      reader.fault(name, 'is required in production: the first administrator signs in with it.');
    else if (names.some((other) => reader.has(other))) {
      reader.fault(
        name,
        'is missing: set both ADMIN_EMAIL and ADMIN_PASSWORD, or neither to get a one-time link.',
      );
    }
  }
  return email === undefined || password === undefined ? undefined : { email, password };
};

const readAddress = (reader: Reader): Pick<Config, 'host' | 'port' | 'publicUrl'> => {
  const host = reader.or('HOST', asText, reader.mode === 'production' ? '0.0.0.0' : '127.0.0.1');
  const port = reader.or('PORT', asInteger(0, 65535), 8000);
  const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const local = `http://${named.includes(':') ? `[${named}]` : named}:${port}`;
  return { host, port, publicUrl: reader.or('PUBLIC_URL', asUrl, local) };
};

const readTimings = (reader: Reader) => {
  const ms = (name: string, fallback: number, max: number) => reader.or(name, asInteger(0, max), fallback);
  const debounceMs = ms('DEBOUNCE_MS', 1500, 60_000);
  // Only the quiet time was raised: the limit follows instead of contradicting it.
  const debounceMaxMs = ms('DEBOUNCE_MAX_MS', Math.max(6000, debounceMs), 300_000);
  if (debounceMaxMs < debounceMs)
    reader.fault('DEBOUNCE_MAX_MS', `must be at least DEBOUNCE_MS (${debounceMs}).`);
  const followUpDelaysMs = reader.or('FOLLOW_UP_DELAYS', asList(asDuration, FOLLOW_UPS_MAX), [
    23 * HOUR_MS,
    3 * DAY_MS,
    7 * DAY_MS,
  ]);
  if (followUpDelaysMs.some((delay) => delay === 0))
    reader.fault('FOLLOW_UP_DELAYS', 'must hold delays longer than 0.');
  return {
    debounceMs,
    debounceMaxMs,
    replyDeadlineMs: ms('REPLY_DEADLINE_MS', 10_000, 600_000),
    shutdownGraceMs: ms('SHUTDOWN_GRACE_MS', 10_000, 600_000),
    engineCacheActors: reader.or('ENGINE_CACHE_ACTORS', asInteger(0, 1_000_000), DEFAULT_LIMITS.cacheActors),
    followUpDelaysMs,
    handOverReturnMs: reader.or('HAND_OVER_RETURN', asDuration, 8 * HOUR_MS),
    businessHours: reader.or('BUSINESS_HOURS', asBusinessHours, DEFAULT_HOURS),
    businessTimeZone: reader.or('BUSINESS_TIMEZONE', asTimeZone, 'Asia/Dubai'),
    cron: {
      catalogSync: reader.or('CATALOG_SYNC_CRON', asCron, '0 */6 * * *'),
      quality: reader.or('QA_CRON', asCron, '*/30 * * * *'),
      report: reader.or('REPORT_CRON', asCron, '0 9 * * 1'),
    },
  };
};

const warningsOf = (reader: Reader, openRouter: OpenRouterConfig): readonly string[] => {
  const warnings: string[] = [];
  if (reader.mode === 'production' && !reader.has('PUBLIC_URL')) {
    warnings.push('PUBLIC_URL is not set: Wazzup cannot fetch images and PDFs from here until it is.');
  }
  if (reader.has('QDRANT_API_KEY') && !reader.has('QDRANT_URL'))
    warnings.push('QDRANT_API_KEY is set without QDRANT_URL and has no effect.');
  if (judgesItself(openRouter.judgeModel, openRouter))
    warnings.push(
      `OPENROUTER_JUDGE_MODEL (${openRouter.judgeModel}) is of a vendor that also writes to customers: it would judge itself. Name another vendor's model.`,
    );
  return warnings;
};

const deepFreeze = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Redacted.isRedacted(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
};

const faultOf = (faults: readonly Fault[]): ConfigFault =>
  new ConfigFault({
    message: `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map(({ message }) => `  ${message}`).join('\n')}`,
    retryable: false,
    faults,
  });

export interface ReadOptions {
  /** Standard output is a terminal: logs are pretty unless LOG_FORMAT says otherwise. */
  readonly terminal?: boolean;
}

/** `prod` (the command of `npm run start:prod`) and NODE_ENV=production both mean production. */
export const modeOf = (command: string, env: Readonly<Record<string, string | undefined>>): Mode =>
  command === 'prod' || env.NODE_ENV?.trim() === 'production' ? 'production' : 'development';

/**
 * Decodes the variables of contract 2. Throws {@link ConfigFault} with every fault at once. Empty counts as unset.
 * In production: required variables must be there, and neither sandbox nor embedded database is possible.
 */
export const readConfig = (
  env: Readonly<Record<string, string | undefined>>,
  mode: Mode,
  options: ReadOptions = {},
): Config => {
  const reader = makeReader(env, mode);
  const production = mode === 'production';
  const openRouter = readOpenRouter(reader);
  const config: Config = {
    mode,
    ...readAddress(reader),
    roles: reader.or('ROLES', asList(asOneOf(...ROLES), ROLES.length), ROLES),
    dataDir: resolve(reader.or('DATA_DIR', asText, '.data')),
    database: readDatabase(reader),
    redis: readRedis(reader),
    qdrant: readQdrant(reader),
    wazzup: readWazzup(reader),
    webhookSecret: ownSecret(reader, 'WAZZUP_WEBHOOK_SECRET', 8),
    zoho: readZoho(reader),
    openRouter,
    whisper: readWhisper(reader),
    jina: readJina(reader),
    telegram: readTelegram(reader),
    admin: readAdmin(reader),
    adminApiToken: reader.secret('ADMIN_API_TOKEN', production ? asSecret(8) : asText),
    sessionSecret: ownSecret(reader, 'SESSION_SECRET', 16).value,
    log: {
      level: reader.or('LOG_LEVEL', asOneOf('debug', 'info', 'warn', 'error'), 'info'),
      format: reader.or(
        'LOG_FORMAT',
        asOneOf('json', 'pretty'),
        options.terminal === true ? 'pretty' : 'json',
      ),
    },
    ...readTimings(reader),
    maxBodyBytes: reader.or('MAX_BODY_BYTES', asInteger(1024, 64 * 1024 * 1024), 1_048_576),
    mailboxLimit: reader.or('MAILBOX_LIMIT', asInteger(1, 10_000_000), MAILBOX_LIMIT),
    otlpEndpoint: reader.optional('OTEL_EXPORTER_OTLP_ENDPOINT', asUrl),
    statelyInspect: reader.or('STATELY_INSPECT', asSwitch, !production),
    warnings: warningsOf(reader, openRouter),
  };
  if (reader.faults.length > 0) throw faultOf(reader.faults);
  return deepFreeze(config);
};

/** Adds the variables of a `.env` file, when there is one; those of the real environment win. */
export const loadDotEnv = (path = '.env'): void => {
  if (existsSync(path)) process.loadEnvFile(path);
};
