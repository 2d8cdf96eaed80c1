/**
 * `npm run wazzup:register [-- --yes]`: points the Wazzup account's only webhook subscription at this shop (wire/01 §5.1).
 * Exit codes: 0 registered, 1 refused or unreachable, 2 it would be taken from somebody and `--yes` is missing, 78 the
 * configuration is wrong.
 */
import { Effect, Redacted, Result } from 'effect';
import { sameCode, Wazzup, type WazzupError } from '../adapters/wazzup/wazzup.ts';
import { CONFIG_EXIT_CODE, type Config, ConfigFault, loadDotEnv, readConfig } from '../runtime/config.ts';

/** The vendor takes no longer URL (wire/01 §5.1). */
const MAX_URL_CHARS = 200;
const PROBE_TIMEOUT_MS = 10_000;
const WEBHOOK_PATH = '/api/v1/webhook/wazzup';
const NEEDS_YES = 2;

export interface Registration {
  readonly wazzup: Wazzup['Service'];
  /** No trailing slash. */
  readonly publicUrl: string;
  readonly secret: Redacted.Redacted;
  /** Take the webhooks away from another address. */
  readonly yes: boolean;
  readonly say: (line: string) => void;
}

/** Registers and answers the exit code. Never says a secret. */
export const register = async (options: Registration): Promise<number> => {
  const { wazzup, publicUrl, yes, say } = options;
  const own = `${publicUrl}${WEBHOOK_PATH}`;
  const target = `${own}/${encodeURIComponent(Redacted.value(options.secret))}`;
  if (target.length > MAX_URL_CHARS) {
    const over = target.length - MAX_URL_CHARS;
    say(
      `The address is ${over} characters too long for Wazzup (${MAX_URL_CHARS}): shorten WAZZUP_WEBHOOK_SECRET.`,
    );
    return CONFIG_EXIT_CODE;
  }
  const current = await Effect.runPromise(Effect.result(wazzup.subscription()));
  if (Result.isFailure(current)) {
    say(current.failure.message);
    return 1;
  }
  const before = current.success;
  say(
    before === null
      ? 'Wazzup sends its webhooks nowhere yet.'
      : `Wazzup sends its webhooks to ${masked(before)}`,
  );
  if (before !== null && !isOwn(before, own) && !yes) {
    say('Somebody else receives them: from the moment of the change they get nothing any more.');
    say('If that is meant, run it again with --yes: npm run wazzup:register -- --yes');
    return NEEDS_YES;
  }
  const done = await Effect.runPromise(Effect.result(wazzup.subscribe(target)));
  if (Result.isSuccess(done)) {
    say(`Registered: Wazzup now sends its webhooks to ${own}/…`);
    return 0;
  }
  for (const line of await explain(done.failure, target, own)) say(line);
  return 1;
};

const isOwn = (url: string, own: string): boolean => url === own || url.startsWith(`${own}/`);

/** Address and path without what may be a secret: long segments and the query. */
const masked = (url: string): string => {
  if (!URL.canParse(url)) return 'something that is no address';
  const { origin, pathname, search } = new URL(url);
  const path = pathname
    .split('/')
    .map((segment) => (segment.length > 12 ? '…' : segment))
    .join('/');
  return `${origin}${path}${search === '' ? '' : '?…'}`;
};

const explain = async (error: WazzupError, target: string, own: string): Promise<readonly string[]> => {
  const code = error._tag === 'WazzupRejected' ? error.code : '';
  if (sameCode(code, 'uriNotValid')) {
    return [
      `Wazzup does not take ${own}/… as an address.`,
      'Set PUBLIC_URL to how the internet reaches this shop: https, a public name, no path.',
    ];
  }
  if (sameCode(code, 'testPostNotPassed')) {
    return [
      `Wazzup sent a test to ${own}/… and did not get the answer 200. Nothing was changed.`,
      await probe(target),
      'Start the shop first, with the same WAZZUP_WEBHOOK_SECRET, and check PUBLIC_URL, proxy and firewall.',
    ];
  }
  return [error.message, 'Nothing was changed.'];
};

/** The same test from here: tells a wrong secret from an address that nobody reaches. */
const probe = async (target: string): Promise<string> => {
  try {
    const { status } = await fetch(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"test":true}',
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    if (status === 200) return 'From here it answers 200: it works, but not from the internet.';
    if (status === 401)
      return 'From here it answers 401: the running shop has another WAZZUP_WEBHOOK_SECRET.';
    return `From here it answers ${status}.`;
  } catch {
    return 'From here nothing answers there either.';
  }
};

/** What has to be set before anything is worth asking. */
const faultsOf = (config: Config): readonly string[] => [
  ...(config.wazzup.mode === 'sandbox'
    ? ['WAZZUP_API_KEY and WAZZUP_CHANNEL_ID are not set: the sandbox registers itself.']
    : []),
  ...(config.webhookSecret.isRandom
    ? [
        'WAZZUP_WEBHOOK_SECRET is not set: make one, e.g. with `openssl rand -hex 32`, and give it to the shop too.',
      ]
    : []),
];

const main = async (args: readonly string[]): Promise<number> => {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const unknown = args.find((arg) => arg !== '--yes');
  if (unknown !== undefined) {
    say(
      `Usage: npm run wazzup:register [-- --yes]${unknown === '--help' ? '' : `; ${unknown} is no option.`}`,
    );
    return unknown === '--help' ? 0 : CONFIG_EXIT_CODE;
  }
  loadDotEnv();
  const config = readConfig(process.env, 'development', { terminal: false });
  const faults = faultsOf(config);
  for (const fault of faults) say(fault);
  if (faults.length > 0) return CONFIG_EXIT_CODE;
  const { baseUrl, apiKey } = config.wazzup;
  const wazzup = await Effect.runPromise(Effect.provide(Wazzup, Wazzup.layer({ baseUrl, apiKey })));
  return register({
    wazzup,
    publicUrl: config.publicUrl,
    secret: config.webhookSecret.value,
    yes: args.includes('--yes'),
    say,
  });
};

if (import.meta.main) {
  main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(error instanceof ConfigFault ? CONFIG_EXIT_CODE : 1);
    },
  );
}
