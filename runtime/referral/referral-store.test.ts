/** Referral codes on a real database: unique, once, not by the referrer, 90 days (domain 19). */
import { Effect } from 'effect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Referrals } from '../../actors/referral/referrals.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { referralStats, referralStore } from './referral-store.ts';

const DAY_MS = 86_400_000;
let db: TestDatabase;
let now = Date.UTC(2026, 0, 15);
const clock = { now: () => now };

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const chat = (phone: string) => `wz:c1:${phone}`;
const POLICY = { referrerPercent: '5', newcomerPercent: '10' };
const run = <A>(ask: (referrals: Referrals['Service']) => Effect.Effect<A, unknown>): Promise<A> =>
  Effect.runPromise(
    Effect.flatMap(Referrals, ask).pipe(
      Effect.provide(referralStore({ pool: db.pool, clock })),
    ) as Effect.Effect<A>,
  );
const give = (phone: string) => run((referrals) => referrals.give(chat(phone), POLICY));
const use = async (phone: string, code: string) =>
  (await run((referrals) => referrals.use(chat(phone), code))).outcome;
const stats = (phone: string) => referralStats({ pool: db.pool, clock }, phone);

describe('a referral code', () => {
  it('is given once while it is unused, and is valid for 90 days', async () => {
    const first = await give('971501111111');
    expect(first).toMatchObject({ newcomerPercent: '10', referrerPercent: '5', expiresOn: '2026-04-15' });
    expect(await give('971501111111')).toEqual(first);
    expect(await stats('+971 50 111 1111')).toEqual({ total: 1, active: 1, used: 0, expired: 0 });
  });

  it('is used once, by one newcomer, who may ask again', async () => {
    const { code } = await give('971502222222');
    expect(await use('971502222222', code)).toBe('own');
    const both = await Promise.all([use('971503333331', code), use('971503333332', code)]);
    expect(both.toSorted()).toEqual(['accepted', 'used']);
    const winner = both[0] === 'accepted' ? '971503333331' : '971503333332';
    expect(await use(winner, code)).toBe('accepted');
    expect(await stats('971502222222')).toEqual({ total: 1, active: 0, used: 1, expired: 0 });
    const { code: another } = await give('971504444444');
    expect(await use(winner, another)).toBe('not_new');
  });

  it('ends after 90 days, and another one is given then', async () => {
    const { code } = await give('971505555555');
    now += 90 * DAY_MS;
    expect(await use('971506666666', code)).toBe('expired');
    expect((await give('971505555555')).code).not.toBe(code);
    expect(await stats('971505555555')).toEqual({ total: 2, active: 1, used: 0, expired: 1 });
  });

  it('that nobody was given is unknown', async () => {
    expect(await use('971506666666', 'NOOR-ZZZZZ')).toBe('unknown');
  });
});
