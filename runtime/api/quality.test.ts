/** The routes of reviews: who may, what is on record, and how refusals are said. */
import { describe, expect, it } from 'vitest';
import { dayBegan } from '../quality/judge-policy.ts';
import { makeQualityApi } from '../quality/quality-api.ts';
import { fakeClock, fakeEngine } from '../server/test-fakes.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings-schema.ts';
import { db, ID, setup } from './test-web-handler.ts';

const shop = async (mode: Settings['reviews']['bot']['mode'] = 'disabled') => {
  const engine = fakeEngine();
  const { reviews } = DEFAULT_SETTINGS;
  const settings = { ...DEFAULT_SETTINGS, reviews: { ...reviews, bot: { ...reviews.bot, mode } } };
  const quality = makeQualityApi({
    pool: db.pool,
    engine,
    settings: { get: async () => settings },
    clock: fakeClock(),
    timeZone: 'Asia/Dubai',
    model: 'other/judge',
  });
  await db.pool.query('truncate message, conversation, quality_review, audit_entry cascade');
  await db.pool.query(
    `insert into message (conversation_id, message_id, sender, kind, text, status, status_rank, seq, changed_seq, at)
     values ($1, 'm1', 'bot', 'text', 'Hello', 'received', 0, 1, 1, 1000)`,
    [ID],
  );
  await db.pool.query(
    `insert into conversation (conversation_id, channel_id, chat_id, language, owner, states, state_paths, last_at,
       unanswered, seq, machine_version, sort_rank, search, created_at, updated_at)
     values ($1, 'c1', '1', 'en', 'bot', '{}', '{}', 1000, 0, 3, '1', 0, '', 1000, 1000)`,
    [ID],
  );
  return { ...setup({ quality }), engine };
};

/** A review that is done; `total` null: a failed one. */
const reviewed = (id: string, total: number | null, rating: string | null, updatedAt: number) =>
  db.pool.query(
    `insert into quality_review (review_id, conversation_id, activity_at, state, asked_at, updated_at, total, ceiling,
       rating, readings, lowest, highest)
     values ($1, $2, $5, $6, 1, $5, $3, 30, $4, 3, $3, $3)`,
    [id, ID, total, rating, updatedAt, total === null ? 'failed' : 'scored'],
  );

describe('reviews', () => {
  it('are asked for by managers, as an event of the review, on record', async () => {
    const { call, engine } = await shop();
    const answer = await call('POST', '/quality/reviews', { conversationId: ID, readings: 5 });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ id: `review:1000:${ID}`, state: 'due', score: null });
    expect(engine.delivered.at(-1)).toMatchObject({
      actorId: `review:1000:${ID}`,
      kind: 'review',
      body: { type: 'review.due', readings: 5, run: null, extent: 'summary' },
    });
    const { rows } = await db.pool.query('select action, target, after from audit_entry');
    expect(rows).toEqual([{ action: 'quality.review', target: ID, after: { scope: 'bot' } }]);
  });

  it.each([
    ['POST', '/quality/reviews', { conversationId: 'wz:c1:nobody' }, 404, 'not_found'],
    ['POST', '/quality/reviews', { conversationId: ID, scope: 'manager' }, 409, 'nothing_to_review'],
    ['POST', '/quality/reviews', { conversationId: ID, readings: 99 }, 422, 'invalid_request'],
    ['POST', '/quality/runs', { scope: 'bot' }, 409, 'reviews_disabled'],
    ['GET', '/quality/preview?conversation=wz:c1:nobody', undefined, 404, 'not_found'],
    ['GET', '/quality/reviews?from=yesterday', undefined, 422, 'invalid_request'],
    ['GET', '/quality/reviews?cursor=x', undefined, 422, 'invalid_request'],
    ['GET', '/quality/reviews/nothing', undefined, 404, 'not_found'],
  ])('%s %s with %j is %d %s', async (method, path, body, status, code) => {
    const { call } = await shop();
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.code).toBe(code);
  });

  it('need a sign-in', async () => {
    const { raw } = await shop();
    expect((await raw('GET', '/quality/reviews')).status).toBe(401);
  });

  it('are listed newest first, by page and by rating; one that failed has no score', async () => {
    const { call } = await shop();
    await reviewed('review:1:a', 27.5, 'excellent', 100);
    await reviewed('review:2:a', 9, 'poor', 200);
    await reviewed('review:3:a', null, null, 300);
    const first = (await call('GET', '/quality/reviews?limit=2')).body;
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(['review:3:a', 'review:2:a']);
    expect(first.items[0]).toMatchObject({ state: 'failed', score: null });
    expect(first.items[1].score).toMatchObject({ points: 9, ceiling: 30, rating: 'poor' });
    const rest = (await call('GET', `/quality/reviews?limit=2&cursor=${first.next}`)).body;
    expect([rest.items[0].id, rest.next]).toEqual(['review:1:a', null]);
    const poor = (await call('GET', '/quality/reviews?rating=poor')).body;
    expect(poor.items.map(({ id }: { id: string }) => id)).toEqual(['review:2:a']);
    const early = (await call('GET', '/quality/reviews?to=1970-01-01T00:00:00.150Z')).body;
    expect(early.items).toHaveLength(1);
  });

  it('tell the budget of the day, of what was billed and of when they stopped', async () => {
    const { call } = await shop();
    const now = fakeClock().now();
    await db.pool.query(
      `insert into quality_reading (command_id, try, conversation_id, at, state, prompt_version, model, scope, cost, reserved_usd)
       values ('b1', 1, $1, $2, 'done', 'p', 'm', 'bot', 0.0123, 0.1), ('b2', 1, $1, $2, 'asking', 'p', 'm', 'bot', null, 0.1),
         ('b3', 1, $1, $2::bigint - 90000000, 'done', 'p', 'm', 'bot', 5, 0.1)`,
      [ID, now],
    );
    await db.pool.query(`insert into quality_stop (scope, day_began_at, since) values ('bot', $1, $2)`, [
      dayBegan(now, 'Asia/Dubai'),
      now - 60_000,
    ]);
    const { items } = (await call('GET', '/quality/budget')).body;
    const none = { spentCents: 0, limitCents: 100, calls: 0, callsLimit: 400, stoppedSince: null };
    expect(items).toEqual([
      {
        ...none,
        scope: 'bot',
        // 1.23 billed, 10 reserved for the one under way; yesterday's does not count.
        spentCents: 11.23,
        calls: 2,
        stoppedSince: new Date(now - 60_000).toISOString(),
      },
      { ...none, scope: 'manager' },
      { ...none, scope: 'flags' },
    ]);
    await db.pool.query('truncate quality_reading, quality_stop');
  });

  it('that are due run by hand, when somebody has switched them on', async () => {
    const { call, engine } = await shop('manual');
    await db.pool.query('update conversation set last_at = $1', [fakeClock().now() - 4 * 3_600_000]);
    const preview = await call('GET', '/quality/preview?scope=bot');
    expect(preview.body).toMatchObject({ reviews: 1, calls: 3, likelyUsd: null, leftUsd: '1.000000' });
    const run = await call('POST', '/quality/runs', { scope: 'bot' });
    expect([run.status, run.body.asked]).toEqual([202, 1]);
    expect(engine.delivered.at(-1)?.body).toMatchObject({ run: run.body.run });
  });
});
