/** Reviews from a mature dialogue to a score: the real engine, Postgres and books, the model's double. */
import { Effect, Layer } from 'effect';
import { expect, it } from 'vitest';
import { DialogueSource } from '../../actors/quality/dialogue-source.ts';
import { eventually } from '../engine/testing/harness.ts';
import { summarySource } from '../summaries/summary-source.ts';
import { dialogueSource } from './dialogue-source.ts';
import { eraseReviews } from './erase-reviews.ts';
import { HOUR, reviewStage } from './test-stage.ts';

const stage = reviewStage();
const { now, asked, review, talk } = stage;
const look = async () => (await stage.look()).bot;

it('nothing is reviewed until the owner switches it on', async () => {
  await talk('wz:c1:1', 4);
  for (const mode of ['disabled', 'manual'] as const) {
    stage.set('bot', { mode: mode });
    expect(await look()).toBeNull();
  }
  expect(asked()).toBe(0);
});

it('a silent dialogue is read three times and scored, once, with its ceiling and its spread', async () => {
  stage.set('bot', { mode: 'automatic' });
  await talk('wz:c1:2', 2.9);
  await talk('wz:c1:3', 8 * 24);
  expect(await Promise.all([look(), look()])).toContain(1);
  const row = await review('wz:c1:1', 'scored');
  expect(row).toMatchObject({
    ceiling: '9.6',
    rating: null,
    readings: 3,
    model: 'other/judge',
    reason: null,
  });
  expect(row.prompt_version).toBe('quality-judge@1');
  // The double's signs: rules 1 and 2 are seen in one line each, 1 of 2 points; of the opening's 8 that is 2.
  expect(row).toMatchObject({ total: '1.5', plain_sum: 2, lowest: '1.5', highest: '1.5' });
  expect(row.detail.coverage).toEqual({ rules: 6, blocks: 2, isEnough: false });
  expect(asked()).toBe(3);
  expect(await look()).toBe(0);
  expect(asked()).toBe(3);
});

it('a closed dialogue is reviewed at once', async () => {
  await stage.pool.query(
    `update conversation set state_paths = '{lifecycle,lifecycle.closed}' where conversation_id = 'wz:c1:2'`,
  );
  expect(await look()).toBe(1);
  expect(await review('wz:c1:2', 'scored')).toMatchObject({ ceiling: '9.6' });
});

it('what was said later is a review of its own', async () => {
  const before = asked();
  await talk('wz:c1:1', 3.5);
  expect(await look()).toBe(1);
  await eventually(async () => asked() === before + 3);
});

it('a review waits for the money of another day', async () => {
  stage.set('bot', { mode: 'automatic' }, '0.00');
  await talk('wz:c1:4', 5);
  const before = asked();
  expect(await look()).toBe(1);
  await review('wz:c1:4', 'postponed');
  expect(asked()).toBe(before);
  stage.set('bot', { mode: 'automatic' });
  stage.clock.advance(6 * HOUR);
  expect(await review('wz:c1:4', 'scored')).toMatchObject({ readings: 3 });
});

it('a judge who only invents quotes fails the review, with a reason and a bounded bill', async () => {
  await talk('wz:c1:5', 5);
  const invented = JSON.stringify({
    criteria: Array.from({ length: 15 }, (_, i) => ({
      rule: i + 1,
      score: 2,
      comment: '',
      quotes: ['made up'],
    })),
    strengths: [],
    weaknesses: [],
    recommendations: [],
    nextAction: '',
  });
  const before = asked();
  stage.model.script(...Array.from({ length: 3 }, () => ({ kind: 'say' as const, text: invented })));
  await stage.pool.query(`update conversation set last_at = 0 where conversation_id <> 'wz:c1:5'`);
  expect(await look()).toBe(1);
  expect(await review('wz:c1:5', 'failed')).toMatchObject({ reason: 'VerdictRefused', total: null });
  expect(asked() - before).toBe(3);
});

it('facts come from what programs recorded until then, never from words', async () => {
  const id = 'wz:c1:6';
  await talk(id, 5);
  const at = now();
  const slots = {
    company: { value: 'X', at: at - 9 * HOUR },
    name: { value: 'Y', at },
    need: { value: 'Z', at: at + 1 },
  };
  const lines = [{ sku: 'CH-1' }, { sku: 'DK-1' }];
  const context = { slots, order: { lines }, sale: { history: [{}], quote: null, requestedAt: null } };
  await stage.pool.query(
    `insert into actor (actor_id, kind, version, snapshot, updated_at) values ($1, 'conversation', 1, $2, 0)`,
    [id, JSON.stringify({ snapshot: { context } })],
  );
  await stage.pool.query(
    `insert into product (item_id, sku, sku_norm, name, category, currency, active, row_hash, content_hash, revision)
     values ('1', 'CH-1', 'CH1', 'a', 'Chairs', 'AED', true, '', '', 1), ('2', 'DK-1', 'DK1', 'b', 'Desks', 'AED', true, '', '', 1)`,
  );
  await stage.pool.query(
    `insert into outbox (actor_id, command_id, kind, name, op, input, status, created_at, next_at)
     values ($1, 'c1', 'conversation', 'useTools', 'invoke', '{"calls": [{"name": "search_products"}]}', 'done', 1, 1),
       ($1, 'c2', 'conversation', 'createContact', 'invoke', '{}', 'done', 1, 1),
       ($1, 'c3', 'conversation', 'updateContact', 'invoke', '{}', 'failed', 1, 1)`,
    [id],
  );
  const source = await Effect.runPromise(
    DialogueSource.pipe(
      Effect.provide(
        dialogueSource(stage.pool, stage.settings).pipe(Layer.provide(summarySource(stage.pool))),
      ),
    ),
  );
  const task = {
    scope: 'bot',
    conversationId: id,
    activityAt: at,
    until: at,
    run: null,
    extent: 'full',
  } as const;
  expect(await Effect.runPromise(source.facts(task))).toEqual({
    scope: 'bot',
    botSpoke: true,
    customerSpoke: true,
    nameVolunteered: false,
    discoveryBegan: true,
    catalogUsed: true,
    projectScope: true,
    productFamilies: 2,
    quoteStarted: true,
    quoteCreated: true,
    crmTouched: true,
    crmWritten: true,
    companyKnown: true,
    openProject: false,
    followUpSet: false,
    closingStage: false,
    decisionPostponed: false,
    nextStepConfirmed: false,
  });
});

it('reviews of somebody who is erased leave nothing behind', async () => {
  expect(await eraseReviews(stage.pool, stage.engine, 'wz:c1:1')).toBe(2);
  for (const table of ['actor', 'journal', 'mailbox', 'outbox']) {
    const { rows } = await stage.pool.query(`select from ${table} where actor_id like 'review:%:wz:c1:1'`);
    expect([table, rows]).toEqual([table, []]);
  }
  for (const table of ['quality_review', 'quality_reading']) {
    const { rows } = await stage.pool.query(`select from ${table} where conversation_id = 'wz:c1:1'`);
    expect([table, rows]).toEqual([table, []]);
  }
  expect(await review('wz:c1:4', 'scored')).toMatchObject({ readings: 3 });
});
