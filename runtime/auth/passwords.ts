/** Passwords by scrypt, with a gate so that a flood of sign-ins cannot take all CPUs (design 9, G10). */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MiB and about 60 ms a try (RFC 7914 parameters N = 2^15, r = 8, p = 1). */
const COST = { N: 32_768, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Tries at the same time, and tries that may wait for their turn. */
const MAX_RUNNING = 2;
const MAX_WAITING = 20;

/** Too many sign-ins at once; the caller answers 429. */
export class PasswordsBusy extends Error {
  override readonly name = 'PasswordsBusy';
  readonly retryable = true;
}

let running = 0;
const waiting: (() => void)[] = [];

const turn = async <A>(work: () => Promise<A>): Promise<A> => {
  if (running >= MAX_RUNNING) {
    if (waiting.length >= MAX_WAITING)
      throw new PasswordsBusy('too many sign-ins at once; try again in a few seconds');
    await new Promise<void>((resume) => waiting.push(resume));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    // The slot goes to the next in line, or is given back.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
};

const derive = (password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(
      password.normalize('NFKC'),
      salt,
      KEY_BYTES,
      { ...options, maxmem: 128 * 1024 * 1024 },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });

/** `scrypt$N$r$p$salt$hash`, base64url. */
export const hashPassword = (password: string): Promise<string> =>
  turn(async () => {
    const salt = randomBytes(SALT_BYTES);
    const key = await derive(password, salt, COST);
    return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join(
      '$',
    );
  });

/** An account that does not exist costs as much time as one that does. */
const NOBODY = `scrypt$${COST.N}$${COST.r}$${COST.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** False for a wrong password, a missing hash, or a hash we did not make. */
export const verifyPassword = (password: string, stored: string | null): Promise<boolean> =>
  turn(async () => {
    const [scheme, n, r, p, salt, hash] = (stored ?? NOBODY).split('$');
    const known = scheme === 'scrypt' && salt !== undefined && hash !== undefined;
    if (!known) return false;
    const expected = Buffer.from(hash, 'base64url');
    const key = await derive(password, Buffer.from(salt, 'base64url'), {
      N: Number(n),
      r: Number(r),
      p: Number(p),
    });
    return stored !== null && key.length === expected.length && timingSafeEqual(key, expected);
  });
