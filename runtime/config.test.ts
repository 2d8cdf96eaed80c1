import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { Redacted } from 'effect';
import { describe, expect, it } from 'vitest';
import { asBusinessHours } from './config/business-hours.ts';
import { asCron, asDuration, asUrl } from './config/values.ts';
import { type Config, ConfigFault, modeOf, readConfig, SANDBOX_CHANNEL_ID } from './config.ts';

type Env = Record<string, string>;
const dev = (env: Env = {}): Config => readConfig(env, 'development');

const PRODUCTION: Env = {
  DATABASE_URL: 'postgres://u:p@db/treejar',
  PUBLIC_URL: 'https://shop.example',
  WAZZUP_API_KEY: 'wk',
  WAZZUP_CHANNEL_ID: 'c1, c2',
  WAZZUP_WEBHOOK_SECRET: 'hook-3f2b8c1e',
  ZOHO_CLIENT_ID: 'id',
  ZOHO_CLIENT_SECRET: 'zs',
  ZOHO_REFRESH_TOKEN: 'zr',
  ZOHO_ORGANIZATION_ID: '20000000001',
  OPENROUTER_API_KEY: 'ok',
  WHISPER_API_KEY: 'sk',
  JINA_API_KEY: 'jk',
  ADMIN_EMAIL: 'Owner@Shop.example',
  ADMIN_PASSWORD: 'correct horse',
  SESSION_SECRET: '0123456789abcdef0123456789abcdef',
};
const prod = (env: Env = {}): Config => readConfig({ ...PRODUCTION, ...env }, 'production');

const faultsOf = (read: () => Config): Record<string, string> => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    return Object.fromEntries(error.faults.map(({ variable, message }) => [variable, message]));
  }
  throw new Error('no fault');
};

describe('with nothing set, in development', () => {
  const config = dev();
  it('everything is embedded, in process or a sandbox', () => {
    expect(config.database.kind).toBe('embedded');
    expect(config.redis.kind).toBe('in-process');
    expect(config.qdrant.kind).toBe('in-process');
    const vendors = [
      config.wazzup,
      config.zoho.crm,
      config.zoho.inventory,
      config.zoho.accounts,
      config.openRouter,
      config.whisper,
      config.jina,
      config.telegram,
    ];
    expect(vendors.map(({ mode }) => mode)).toEqual(vendors.map(() => 'sandbox'));
    expect(config.wazzup.channelIds).toEqual([SANDBOX_CHANNEL_ID]);
  });

  it('the rest has the defaults of contract 2', () => {
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8000,
      publicUrl: 'http://127.0.0.1:8000',
      roles: ['ingest', 'worker', 'scheduler', 'live'],
      debounceMs: 1500,
      debounceMaxMs: 6000,
      replyDeadlineMs: 10_000,
      shutdownGraceMs: 10_000,
      followUpDelaysMs: [82_800_000, 259_200_000, 604_800_000],
      businessTimeZone: 'Asia/Dubai',
      handOverReturnMs: 28_800_000,
      cron: { catalogSync: '0 */6 * * *', quality: '*/30 * * * *', report: '0 9 * * 1' },
      maxBodyBytes: 1_048_576,
      statelyInspect: true,
      log: { level: 'info', format: 'json' },
      openRouter: {
        baseUrl: 'https://openrouter.ai/api/v1',
        model: 'deepseek/deepseek-chat',
        judgeModel: 'google/gemini-2.5-flash',
      },
      jina: { baseUrl: 'https://api.jina.ai/v1', model: 'jina-embeddings-v3', dimensions: 1024 },
      whisper: { baseUrl: 'https://api.openai.com/v1', model: 'whisper-1' },
      warnings: [],
    });
    expect(config.businessHours).toHaveLength(5);
    expect(config.dataDir).toBe(join(process.cwd(), '.data'));
  });

  it('secrets are random, and no secret can be printed', () => {
    expect(config.webhookSecret.isRandom).toBe(true);
    const other = dev();
    expect(Redacted.value(config.sessionSecret)).not.toBe(Redacted.value(other.sessionSecret));
    expect(JSON.stringify(prod())).not.toMatch(/hook-3f2b|0123456789abcdef|correct horse|u:p@db/);
  });

  it('cannot be changed', () => {
    expect(() => Object.assign(config.wazzup, { baseUrl: 'x' })).toThrow(TypeError);
    expect(() => Object.assign(config.cron, { report: 'x' })).toThrow(TypeError);
  });
});

describe('vendors', () => {
  it('are live with their keys', () => {
    const { openRouter } = dev({ OPENROUTER_API_KEY: 'k', OPENROUTER_FALLBACK_MODELS: 'a/b, c/d' });
    expect(openRouter).toMatchObject({
      mode: 'live',
      baseUrl: 'https://openrouter.ai/api/v1',
      fallbackModels: ['a/b', 'c/d'],
    });
    expect(Redacted.value(openRouter.apiKey)).toBe('k');
  });

  it.each([
    ['google/gemini-2.5-pro', '', 'openai/gpt-4.1-mini'],
    ['deepseek/deepseek-chat', 'google/gemini-2.5-flash', 'openai/gpt-4.1-mini'],
    ['google/gemini-2.5-pro', 'openai/gpt-4.1', 'deepseek/deepseek-chat'],
    ['openai/gpt-4.1', '', 'google/gemini-2.5-flash'],
  ])('judge what %s (else %s) writes with another vendor: %s', (writer, fallbacks, judge) => {
    const config = dev({ OPENROUTER_MODEL: writer, OPENROUTER_FALLBACK_MODELS: fallbacks });
    expect(config.openRouter.judgeModel).toBe(judge);
    expect(config.warnings).toEqual([]);
  });

  it.each([
    [{ OPENROUTER_MODEL: 'google/gemini-2.5-pro' }, 'google/gemini-2.5-flash'],
    [{ OPENROUTER_FALLBACK_MODELS: 'OpenAI/gpt-4.1' }, 'openai/gpt-4.1-mini'],
  ])('are told of at the start when one would judge itself: %j', (writers, judge) => {
    const { openRouter, warnings } = dev({ ...writers, OPENROUTER_JUDGE_MODEL: judge });
    expect(openRouter.judgeModel).toBe(judge);
    expect(warnings).toEqual([expect.stringContaining(`OPENROUTER_JUDGE_MODEL (${judge})`)]);
  });

  it('are live against a given base URL without a key, with a stand-in, in development', () => {
    const config = dev({
      WAZZUP_BASE_URL: 'http://127.0.0.1:9000/v3/',
      ZOHO_CRM_BASE_URL: 'http://127.0.0.1:9001/crm/v8',
    });
    expect(config.wazzup).toMatchObject({ mode: 'live', baseUrl: 'http://127.0.0.1:9000/v3' });
    expect(Redacted.value(config.wazzup.apiKey)).toBe('sandbox');
    expect([config.zoho.crm.mode, config.zoho.inventory.mode, config.zoho.accounts.mode]).toEqual([
      'live',
      'sandbox',
      'sandbox',
    ]);
  });

  it('take the channel that is given beside a base URL', () => {
    expect(
      dev({ WAZZUP_BASE_URL: 'http://localhost:1', WAZZUP_CHANNEL_ID: 'mine' }).wazzup.channelIds,
    ).toEqual(['mine']);
  });

  it('with half their keys are a fault that names the other half', () => {
    expect(faultsOf(() => dev({ WAZZUP_API_KEY: 'k', ZOHO_CLIENT_ID: 'a', TELEGRAM_CHAT_ID: '1' }))).toEqual({
      WAZZUP_CHANNEL_ID: expect.stringContaining('missing beside WAZZUP_API_KEY'),
      ZOHO_CLIENT_SECRET: expect.any(String),
      ZOHO_REFRESH_TOKEN: expect.any(String),
      ZOHO_ORGANIZATION_ID: expect.any(String),
      TELEGRAM_BOT_TOKEN: expect.any(String),
    });
  });

  it('Inventory has its own refresh token only when it is given', () => {
    expect(Redacted.value(prod().zoho.inventoryRefreshToken)).toBe('zr');
    expect(Redacted.value(prod({ ZOHO_INVENTORY_REFRESH_TOKEN: 'zi' }).zoho.inventoryRefreshToken)).toBe(
      'zi',
    );
  });
});

describe('in production', () => {
  it('accepts a complete set', () => {
    const config = prod();
    expect(config).toMatchObject({
      mode: 'production',
      host: '0.0.0.0',
      statelyInspect: false,
      warnings: [],
    });
    expect(config.wazzup).toMatchObject({ mode: 'live', channelIds: ['c1', 'c2'] });
    expect(config.telegram.mode).toBe('off');
    expect(config.admin?.email).toBe('owner@shop.example');
  });

  it('lists everything that is missing at once', () => {
    const required = Object.keys(PRODUCTION).filter((name) => name !== 'PUBLIC_URL');
    expect(Object.keys(faultsOf(() => readConfig({}, 'production'))).sort()).toEqual(required.sort());
  });

  it.each(Object.keys(PRODUCTION).filter((name) => name !== 'PUBLIC_URL'))(
    'refuses to start without %s',
    (name) => {
      expect(Object.keys(faultsOf(() => prod({ [name]: ' ' })))).toEqual([name]);
    },
  );

  it('a base URL does not replace a key', () => {
    expect(faultsOf(() => prod({ JINA_API_KEY: '', JINA_BASE_URL: 'http://127.0.0.1:1' }))).toHaveProperty(
      'JINA_API_KEY',
    );
  });

  it('refuses well-known and short secrets', () => {
    const faults = faultsOf(() =>
      prod({ SESSION_SECRET: 'change-me', ADMIN_PASSWORD: 'admin123', WAZZUP_WEBHOOK_SECRET: 'short' }),
    );
    expect(Object.keys(faults).sort()).toEqual(['ADMIN_PASSWORD', 'SESSION_SECRET', 'WAZZUP_WEBHOOK_SECRET']);
  });

  it('warns when nobody outside could reach it', () => {
    expect(prod({ PUBLIC_URL: '' }).warnings).toEqual([expect.stringContaining('PUBLIC_URL')]);
  });

  it('is meant by the command or by NODE_ENV', () => {
    expect(modeOf('prod', {})).toBe('production');
    expect(modeOf('start', { NODE_ENV: 'production' })).toBe('production');
    expect(modeOf('start', { NODE_ENV: 'test' })).toBe('development');
  });
});

describe('single values', () => {
  it('empty is unset', () => {
    expect(dev({ PORT: '', DATABASE_URL: '  ', ROLES: '' })).toMatchObject({
      port: 8000,
      database: { kind: 'embedded' },
    });
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['ROLES', 'ingest,boss'],
    ['ROLES', 'worker,worker'],
    ['DATABASE_URL', 'mysql://x/y'],
    ['REDIS_URL', 'localhost:6379'],
    ['PUBLIC_URL', 'shop.example'],
    ['PUBLIC_URL', 'https://shop.example/?a=1'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
    ['DEBOUNCE_MS', '1.5'],
    ['DEBOUNCE_MAX_MS', '100'],
    ['FOLLOW_UP_DELAYS', '1h,soon'],
    ['FOLLOW_UP_DELAYS', '1h,2h,3h,4h'],
    ['FOLLOW_UP_DELAYS', '0'],
    ['BUSINESS_HOURS', 'all day'],
    ['BUSINESS_TIMEZONE', 'Mars/Base'],
    ['QA_CRON', 'hourly'],
    ['MAX_BODY_BYTES', '10'],
    ['STATELY_INSPECT', 'maybe'],
    ['ADMIN_EMAIL', 'nobody'],
  ])('%s=%s is refused in a sentence that begins with its name', (name, value) => {
    expect(
      faultsOf(() => dev({ ADMIN_PASSWORD: name === 'ADMIN_EMAIL' ? 'pw' : '', [name]: value })),
    ).toEqual({
      [name]: expect.stringMatching(new RegExp(`^${name} .+\\.$`)),
    });
  });

  it('a fault never repeats a secret', () => {
    expect(() => dev({ DATABASE_URL: 'mysql://u:hidden@x/y' })).not.toThrow(/hidden/);
    expect(() => dev({ DATABASE_URL: 'mysql://u:hidden@x/y' })).toThrow(ConfigFault);
  });

  it('a longer quiet time takes the limit of a burst along', () => {
    expect(dev({ DEBOUNCE_MS: '9000' })).toMatchObject({ debounceMs: 9000, debounceMaxMs: 9000 });
  });

  it('logs are pretty on a terminal unless told otherwise', () => {
    expect(readConfig({}, 'development', { terminal: true }).log.format).toBe('pretty');
    expect(readConfig({ LOG_FORMAT: 'json' }, 'development', { terminal: true }).log.format).toBe('json');
  });

  it.each([
    ['23h', 82_800_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
    ['90s', 90_000],
    ['7D', 604_800_000],
    ['PT23H', 82_800_000],
    ['P1DT12H', 129_600_000],
    ['PT0.5S', 500],
    ['P2W', 1_209_600_000],
    ['0', 0],
  ])('duration %s is %d ms', (text, ms) => {
    expect(asDuration(text)).toBe(ms);
  });

  it.each(['', '5', 'P', 'PT', 'P1M', '-1h', '1h30m', '400d', 'soon'])('duration %j is refused', (text) => {
    expect(() => asDuration(text)).toThrow(/duration|year/);
  });

  it('base URLs lose trailing slashes and keep their path', () => {
    expect(asUrl('https://host/v3//')).toBe('https://host/v3');
  });

  it.each(['0 9 * * 1', '*/5 0-6/2 1,15 * 0', '59 23 31 12 7'])('cron %j is taken', (text) =>
    expect(asCron(text)).toBe(text),
  );
  it.each([
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    '* * * *',
  ])('cron %j is refused', (text) => expect(() => asCron(text)).toThrow());

  it('business hours: ranges, several parts, over the end of the week, always', () => {
    expect(asBusinessHours('always')).toBe('always');
    expect(asBusinessHours('Sat-Mon 9:00-13:30, Mon 15:00-24:00')).toEqual([
      { weekday: 1, fromMinute: 540, toMinute: 810 },
      { weekday: 1, fromMinute: 900, toMinute: 1440 },
      { weekday: 6, fromMinute: 540, toMinute: 810 },
      { weekday: 7, fromMinute: 540, toMinute: 810 },
    ]);
  });

  it.each([
    'Mon',
    'Mon-Fri',
    'Xyz 10:00-20:00',
    'Mon 20:00-10:00',
    'Mon 10:60-11:00',
    'Mon 10:00-25:00',
    'Mon 9:00-12:00, Mon 11:00-13:00',
  ])('business hours %j are refused', (text) => expect(() => asBusinessHours(text)).toThrow());
});

describe('.env.example', () => {
  const example = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8');
  const named = [...example.matchAll(/^([A-Z][A-Z0-9_]+)=$/gm)].map((match) => match[1] ?? '');

  it('names every variable that is read, and no other', () => {
    const asked = new Set<string>(['NODE_ENV']);
    const spy = new Proxy({}, { get: (_target, name) => void asked.add(String(name)) });
    readConfig(spy, 'development');
    expect([...asked].filter((name) => !named.includes(name))).toEqual([]);
    expect(named.filter((name) => !asked.has(name))).toEqual([]);
  });

  it('as it stands starts the sandbox', () => {
    const env = parseEnv(example) as Env;
    expect(dev(env).wazzup.mode).toBe('sandbox');
  });
});
