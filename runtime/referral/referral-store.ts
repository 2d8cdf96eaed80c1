/** Referral codes in Postgres: unique, single use, not by the referrer (domain 19.1), and their numbers (19.2). */
import { createHash } from 'node:crypto';
import { Effect, Layer } from 'effect';
import type pg from 'pg';
import {
  type GivenCode,
  type ReferralPolicy,
  Referrals,
  ReferralsUnavailable,
  type UsedCode,
} from '../../actors/referral/referrals.ts';
import { parseConversationId } from '../../machines/conversation/events.ts';
import { codeFrom, REFERRAL_DAYS } from '../../machines/referral/code.ts';
import type { Clock } from '../engine/types.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Codes are drawn from 33 million: a customer never needs many draws (G10). */
const DRAWS_MAX = 20;

interface CodeRow {
  readonly code: string;
  readonly referrer_chat_id: string;
  readonly referrer_percent: string;
  readonly newcomer_percent: string;
  readonly expires_at: string | number;
  readonly used_by_chat_id: string | null;
}

const ACTIVE_SQL = `select * from referral_code
  where referrer_chat_id = $1 and used_at is null and expires_at > $2 order by created_at desc limit 1`;
const GIVE_SQL = `insert into referral_code
    (code, referrer_chat_id, conversation_id, referrer_percent, newcomer_percent, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7) on conflict (code) do nothing returning *`;
const READ_SQL = 'select * from referral_code where code = $1';
/** One statement decides between two newcomers who name one code at once. */
const USE_SQL = `update referral_code set used_at = $2, used_by_chat_id = $3, used_conversation = $4
  where code = $1 and used_at is null and expires_at > $2 and referrer_chat_id <> $3
    and not exists (select 1 from referral_code where used_by_chat_id = $3)
  returning *`;
const STATS_SQL = `select count(*)::int as total,
    (count(*) filter (where used_at is null and expires_at > $2))::int as active,
    (count(*) filter (where used_at is not null))::int as used,
    (count(*) filter (where used_at is null and expires_at <= $2))::int as expired
  from referral_code where referrer_chat_id = $1`;

const chatOf = (conversationId: string): string =>
  parseConversationId(conversationId)?.chatId ?? conversationId;

const given = (row: CodeRow): GivenCode => ({
  code: row.code,
  referrerPercent: row.referrer_percent,
  newcomerPercent: row.newcomer_percent,
  expiresOn: new Date(Number(row.expires_at)).toISOString().slice(0, 10),
});

interface StoreOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
}

const give = async (
  { pool, clock }: StoreOptions,
  conversationId: string,
  policy: ReferralPolicy,
): Promise<GivenCode> => {
  const now = clock.now();
  const chatId = chatOf(conversationId);
  const known = (await pool.query<CodeRow>(ACTIVE_SQL, [chatId, now])).rows[0];
  if (known) return given(known);
  const day = Math.floor(now / DAY_MS);
  for (let draw = 0; draw < DRAWS_MAX; draw++) {
    // From the day, so that a repeat of a command draws the same one.
    const code = codeFrom(createHash('sha256').update(`${conversationId} ${day} ${draw}`).digest());
    const values = [code, chatId, conversationId, policy.referrerPercent, policy.newcomerPercent, now];
    const row = (await pool.query<CodeRow>(GIVE_SQL, [...values, now + REFERRAL_DAYS * DAY_MS])).rows[0];
    if (row) return given(row);
  }
  throw new Error('no free referral code was drawn');
};

const use = async (
  { pool, clock }: StoreOptions,
  conversationId: string,
  code: string,
): Promise<UsedCode> => {
  const now = clock.now();
  const chatId = chatOf(conversationId);
  const taken = (await pool.query<CodeRow>(USE_SQL, [code, now, chatId, conversationId])).rows[0];
  if (taken) return { code, outcome: 'accepted', percent: taken.newcomer_percent };
  const row = (await pool.query<CodeRow>(READ_SQL, [code])).rows[0];
  const refused = (outcome: UsedCode['outcome']): UsedCode => ({ code, outcome, percent: '0' });
  if (!row) return refused('unknown');
  if (row.referrer_chat_id === chatId) return refused('own');
  // Asked again by the one who used it: a crash after the commit must not cost the discount.
  if (row.used_by_chat_id === chatId) return { code, outcome: 'accepted', percent: row.newcomer_percent };
  if (row.used_by_chat_id !== null) return refused('used');
  return refused(Number(row.expires_at) <= now ? 'expired' : 'not_new');
};

const attempt = <A>(run: () => Promise<A>): Effect.Effect<A, ReferralsUnavailable> =>
  Effect.tryPromise({
    try: run,
    catch: () =>
      new ReferralsUnavailable({
        retryable: true,
        message: 'Referral codes could not be read; check the database.',
      }),
  });

export const referralStore = (options: StoreOptions): Layer.Layer<Referrals> =>
  Layer.succeed(Referrals, {
    give: (conversationId, policy) => attempt(() => give(options, conversationId, policy)),
    use: (conversationId, code) => attempt(() => use(options, conversationId, code)),
  });

export interface ReferralStats {
  readonly total: number;
  readonly active: number;
  readonly used: number;
  readonly expired: number;
}

/** How many codes this phone was given, and what became of them (domain 19.2). */
export const referralStats = async ({ pool, clock }: StoreOptions, phone: string): Promise<ReferralStats> => {
  const { rows } = await pool.query<ReferralStats>(STATS_SQL, [phone.replace(/\D/g, ''), clock.now()]);
  return rows[0] ?? { total: 0, active: 0, used: 0, expired: 0 };
};
