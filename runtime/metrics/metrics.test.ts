/** Every metric of domain 22 over a week of six customers whose numbers are worked out by hand beside them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../../machines/metrics/definitions.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { fakeClock } from '../server/test-fakes.ts';
import { makeMetrics } from './metrics-api.ts';
import { makeProjector } from './projector.ts';
import { DAY, DAY0, HOUR, idOf, MINUTE, tell, ZONE } from './testing.ts';
import {
  EARLY,
  EARLY_FEEDBACK,
  EARLY_FEEDBACK_AT,
  EARLY_STORIES,
  EXAMPLES,
  WEEK,
} from './testing-examples.ts';
import { ANNA, BADR, EVA, STORIES } from './testing-stories.ts';

let db: TestDatabase;
const clock = fakeClock(DAY0 + 20 * DAY);
const parts = () => {
  const projector = makeProjector({ pool: db.pool, clock, timeZone: ZONE });
  return { projector, metrics: makeMetrics({ pool: db.pool, clock, timeZone: ZONE, projector }) };
};

beforeAll(async () => {
  db = await testDatabase();
  await db.pool.query(`insert into product (item_id, sku, sku_norm, name, currency, active, row_hash, content_hash, revision)
    values ('1', 'CH-616', 'ch616', 'Chair', 'AED', true, '', '', 1)`);
  for (const story of [...STORIES, ...EARLY_STORIES]) await tell(db.pool, story);
  for (const [phone, recommend] of EARLY_FEEDBACK) {
    await db.pool.query(
      `insert into feedback (conversation_id, overall, delivery, recommend, requested_at, at)
       values ($1, 5, 5, $2, $3, $3)`,
      [idOf(phone), recommend, EARLY_FEEDBACK_AT],
    );
  }
  await db.pool.query(
    `insert into feedback (conversation_id, overall, delivery, recommend, requested_at, at)
     values ($1, 5, 4, true, $3, $3), ($2, 4, null, false, $3, $3)`,
    [idOf(ANNA.phone), idOf(BADR.phone), DAY0 + 6 * DAY],
  );
  await db.pool.query(
    `insert into quality_review (review_id, conversation_id, scope, activity_at, state, asked_at, updated_at, total, rating, manager)
     values ('r1', 'a', 'bot', 1, 'scored', 1, $1, 24.0, 'good', null), ('r2', 'b', 'bot', 1, 'scored', 1, $1, 20.5, 'good', null),
       ('r3', 'c', 'bot', 1, 'scored', 1, $1, 9.6, null, null), ('r4', 'd', 'bot', 1, 'failed', 1, $1, null, null, null),
       ('r5', 'b', 'manager', 1, 'scored', 1, $1, 14, 'good', 'Omar'), ('r6', 'e', 'manager', 1, 'scored', 1, $1, 9, 'satisfactory', 'Aisha'),
       ('r7', 'b', 'flags', 1, 'scored', 1, $1, null, null, null)`,
    [DAY0 + DAY],
  );
  await db.pool.query(`insert into model_spend (day, job, shard, calls, failed, unbilled, prompt_tokens, cached_tokens,
      completion_tokens, reasoning_tokens, cost_usd)
    values ('2026-02-27', 'dialogue', 0, 1, 0, 0, 0, 0, 0, 0, 0.1234), ('2026-02-28', 'dialogue', 1, 1, 0, 0, 0, 0, 0, 0, 0.4766),
      ('2026-02-28', 'quality', 0, 1, 0, 0, 0, 0, 0, 0, 0.05), ('2026-03-20', 'dialogue', 0, 1, 0, 0, 0, 0, 0, 0, 9)`);
  await parts().projector.rebuild();
});
afterAll(() => db.drop());

const valuesOf = async (range = WEEK) => {
  const { answers } = await parts().metrics.report(range);
  return Object.fromEntries(Object.entries(answers).map(([id, { value }]) => [id, value]));
};
const partsOfMetric = async (id: string, range = WEEK) =>
  Object.fromEntries(
    ((await parts().metrics.report(range)).answers[id]?.parts ?? []).map(({ key, n }) => [key, n]),
  );

describe('the metrics of domain 22, by hand', () => {
  it('counts who wrote', async () => {
    // Anna twice on two channels, Badr, Carl, Dina, Eva; Carl's second dialogue begins after the week.
    expect(await valuesOf()).toMatchObject({
      conversations: 6,
      customers: 5,
      newCustomers: 4,
      returningCustomers: 1,
      languages: 2,
      // Anna's first (an article), Dina (a need); the rest spoke of no goods.
      target: 2,
      nonTarget: 4,
      // 8 + 5 + 4 + 6 + 3 + 2 = 28 messages; 28 / 6.
      length: 4.7,
      repeatContacts: 0,
      repeatAfter: null,
      articles: 1,
    });
    expect(await partsOfMetric('languages')).toEqual({ en: 5, ar: 1 });
    expect(await partsOfMetric('segments')).toEqual({ '': 4, Wholesale: 2 });
    expect(await partsOfMetric('articles')).toEqual({ 'CH-616': 1 });
    expect((await parts().metrics.report(WEEK)).answers.articles?.parts).toEqual([
      { key: 'CH-616', n: 1, amount: null, name: 'Chair' },
    ]);
  });

  it('counts a customer who comes back later as returning, with the time between', async () => {
    const all = await valuesOf({ from: '2026-02-27', to: '2026-03-18' });
    expect(all).toMatchObject({
      conversations: 7,
      customers: 5,
      newCustomers: 3,
      returningCustomers: 2,
      repeatContacts: 1,
      // From the last word of the first dialogue.
      repeatAfter: 10 * DAY - 4 * HOUR - 2_000,
    });
    expect(await valuesOf({ from: '2026-03-06', to: '2026-03-18' })).toMatchObject({
      customers: 1,
      newCustomers: 0,
      returningCustomers: 1,
    });
  });

  it('measures answers from the first unanswered message, and no holding message', async () => {
    const values = await valuesOf();
    // Bot: 4, 2, 10, 1 (Anna), 6 (Badr), 8, 2 (Carl), 3, 5 (Dina), 2 s (Anna again): 43 s over 10.
    expect(values.replyMean).toBe(4_300);
    expect(values.replyP50).toBeGreaterThan(2_970);
    expect(values.replyP50).toBeLessThan(3_030);
    expect(values.replyP95).toBeGreaterThan(9_900);
    expect(values.replyP95).toBeLessThan(10_100);
    // First answers: 4, 6, 8, 3, 2 s; Eva has none.
    expect(values.firstAnswerP50).toBeGreaterThan(3_960);
    expect(values.firstAnswerP50).toBeLessThan(4_040);
    expect(values.firstAnswerP95).toBeGreaterThan(7_920);
    expect(values.firstAnswerP95).toBeLessThan(8_080);
    expect(values.unansweredNow).toBe(1);
  });

  it('tells how conversations ended', async () => {
    expect(await valuesOf()).toMatchObject({
      involved: 6,
      // Carl, Dina and Anna on her other channel; Anna's order and Badr were with a person, Eva waits for us.
      resolvedAlone: 3,
      resolvedAloneShare: 50,
      durableShare: 50,
      // Carl after four hours, of six; Dina answered what we wrote first.
      reopenedShare: 16.7,
      handOvers: 2,
      takeOvers: 0,
      optOuts: 0,
    });
    expect(await partsOfMetric('handOvers')).toEqual({ '3': 1, order: 1 });
  });

  it('counts deals with and without a person, and refusals where they happened', async () => {
    expect(await valuesOf()).toMatchObject({
      quotes: 1,
      deals: 2,
      dealsAmount: '20609.00',
      noorDeals: 1,
      noorAmount: '609.00',
      personDeals: 1,
      personAmount: '20000.00',
      // 2 of 6.
      conversion: 33.3,
      averageDeal: '10304.50',
      delivered: 1,
      refusals: 0,
      refusalShare: 0,
    });
    expect(await partsOfMetric('personDeals')).toEqual({ Omar: 1 });
    expect(await partsOfMetric('refusals', { from: '2026-03-06', to: '2026-03-18' })).toEqual({ expired: 1 });
  });

  it('follows follow-ups, feedback, reviews, people and money', async () => {
    expect(await valuesOf()).toMatchObject({
      followUps: 2,
      followUpsAnswered: 50,
      followUpSales: 0,
      // (24 + 20.5) / 2; the thin one counts as a review, not for the mean.
      quality: 22.3,
      reviews: 3,
      feedback: 2,
      feedbackOverall: 4.5,
      feedbackDelivery: 4,
      recommend: 50,
      nps: 0,
      managerResponse: 10 * MINUTE,
      // Of two hand-overs one; the one after the sale led to none.
      managerConversion: 50,
      // (14 + 9) / 2; red flags are no scores.
      managerScore: 11.5,
      modelCost: '0.6000',
      reviewCost: '0.0500',
      costPerConversation: '0.1000',
    });
    expect(await partsOfMetric('managerScore')).toEqual({ Aisha: 1, Omar: 1 });
    expect(await partsOfMetric('followUps')).toEqual({ 'follow_up:1': 1, 'follow_up:2': 1 });
  });

  it('says that it does not know, and never 0, where nothing can be divided', async () => {
    const empty = await valuesOf({ from: '2025-01-01', to: '2025-01-31' });
    for (const id of [
      'length',
      'replyMean',
      'replyP95',
      'firstAnswerP50',
      'resolvedAloneShare',
      'conversion',
      'averageDeal',
      'quality',
      'feedbackOverall',
      'nps',
      'managerResponse',
      'costPerConversation',
    ]) {
      expect([id, empty[id]]).toEqual([id, null]);
    }
    expect(empty.conversations).toBe(0);
  });

  it('answers every metric that is defined, and only these', async () => {
    expect(Object.keys(await valuesOf()).sort()).toEqual(METRICS.map(({ id }) => id).sort());
  });

  it('has an example of every metric that is defined, of something and not of nothing', async () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(METRICS.map(({ id }) => id).sort());
    for (const [id, [range, expected]] of Object.entries(EXAMPLES)) {
      const value = (await valuesOf(range))[id];
      expect([id, value === null || Number(value) === 0]).toEqual([id, false]);
      if (typeof expected !== 'object') expect([id, value]).toEqual([id, expected]);
      else expect([id, Math.abs(Number(value) - expected.near) <= expected.near / 100]).toEqual([id, true]);
    }
  });

  it('counts who took the chat unasked, who wants no messages, and what a follow-up sold', async () => {
    expect(await partsOfMetric('refusals', EARLY)).toEqual({ closed: 1, rejected: 1 });
    expect((await parts().metrics.report(EARLY)).answers.followUpSales?.parts).toEqual([
      { key: 'follow_up:1', n: 1, amount: '1500.00' },
    ]);
    const listed = async (metric: string) =>
      (await parts().metrics.drill(metric, EARLY, { limit: 50 }))?.items.map(({ conversationId, by }) => [
        conversationId,
        by,
      ]);
    expect(await listed('takeOvers')).toEqual([[idOf('971500000011'), 'manager']]);
    expect(await listed('optOuts')).toEqual([[idOf('971500000012'), 'customer']]);
    expect(await listed('followUpSales')).toEqual([[idOf('971500000013'), 'customer']]);
  });
});

describe('the projector', () => {
  it('reads what has moved on, changes nothing when it reads again, and counts the same after a rebuild', async () => {
    const { projector } = parts();
    const later = DAY0 + 19 * DAY;
    await tell(db.pool, {
      ...EVA,
      lines: [...EVA.lines, [later, 'bot', 'Sorry for the wait.'], [later + 1000, 'customer', 'Fine']],
    });
    expect(await projector.catchUp()).toBe(true);
    const facts = async () => ({
      dialogues: (await db.pool.query('select * from metric_dialogue order by conversation_id, number')).rows,
      events: (await db.pool.query('select * from metric_event order by conversation_id, position')).rows,
      sums: (await db.pool.query('select span, tally from metric_tally order by span')).rows,
    });
    const once = await facts();
    expect(once.dialogues.filter((row) => row.conversation_id === idOf(EVA.phone))).toHaveLength(2);
    expect(await projector.catchUp()).toBe(true);
    await projector.refresh();
    expect((await facts()).events).toEqual(once.events);
    await projector.rebuild();
    expect(await facts()).toMatchObject({ dialogues: once.dialogues, events: once.events });
    for (const sum of once.sums) expect((await facts()).sums).toContainEqual(sum);
  });

  it('changes its mind when time passes: over after three hours, durable after seven days', async () => {
    const phone = '971500000020';
    const at = clock.now();
    await tell(db.pool, {
      phone,
      lines: [
        [at, 'customer', 'Hello'],
        [at + 1000, 'bot', 'Hello, I am Noor.'],
      ],
    });
    const { projector } = parts();
    const seen = async () => {
      await projector.catchUp();
      const { rows } = await db.pool.query(
        'select ended, alone, durable from metric_dialogue where conversation_id = $1',
        [idOf(phone)],
      );
      return rows[0];
    };
    expect(await seen()).toEqual({ ended: false, alone: false, durable: null });
    clock.advance(3 * HOUR + 1000);
    expect(await seen()).toEqual({ ended: true, alone: true, durable: null });
    clock.advance(7 * DAY);
    expect(await seen()).toEqual({ ended: true, alone: true, durable: true });
  });

  it('leaves the work to whoever is at it', async () => {
    const other = await db.pool.connect();
    await other.query('begin');
    await other.query('select from metric_cursor for update');
    expect(await parts().projector.catchUp()).toBe(false);
    await other.query('commit');
    other.release();
    expect(await parts().projector.catchUp()).toBe(true);
  });
});

describe('the conversations behind a number', () => {
  const page = (metric: string, more: { key?: string; cursor?: string; limit?: number } = {}) =>
    parts().metrics.drill(metric, WEEK, { limit: 50, ...more });

  it('lists them newest first with who caused it', async () => {
    expect((await page('handOvers', { key: '3' }))?.items).toMatchObject([
      { conversationId: idOf(BADR.phone), by: 'bot', key: '3', name: `Customer ${BADR.phone}`, known: true },
    ]);
    expect((await page('noorDeals'))?.items).toMatchObject([
      { conversationId: idOf(ANNA.phone), by: 'customer', key: 'noor', amount: '609.00' },
    ]);
    expect((await page('personDeals'))?.items).toMatchObject([
      { conversationId: idOf(BADR.phone), by: 'manager', amount: '20000.00' },
    ]);
    expect((await page('followUps'))?.items.map(({ by, key }) => [by, key])).toEqual([
      ['job', 'follow_up:2'],
      ['job', 'follow_up:1'],
    ]);
    expect((await page('managerScore'))?.items.map(({ key, value }) => [key, value])).toEqual([
      ['Aisha', 9],
      ['Omar', 14],
    ]);
    expect((await page('nonsense')) ?? null).toBeNull();
  });

  it('lists what a cost is made of, dearest first, page by page, judges apart', async () => {
    // Of the week: Anna 0.30 + 0.10, Badr 0.15, Carl's call without a bill, a summary of Anna for 0.05; nobody's 0.02.
    await db.pool.query(
      `insert into model_call (conversation_id, call_id, job, day, at, outcome, prompt_versions, reserved_usd, cost_usd)
       values ($1, 'c1', 'dialogue', '2026-02-27', 1, 'answered', '{}', 1, 0.3),
         ($1, 'c2', 'dialogue', '2026-03-05', 7, 'answered', '{}', 1, 0.1),
         ($1, 'c3', 'summary', '2026-03-01', 3, 'answered', '{}', 1, 0.05),
         ($2, 'c4', 'dialogue', '2026-02-28', 2, 'answered', '{}', 1, 0.15),
         ($3, 'c5', 'dialogue', '2026-02-28', 2, 'lost', '{}', 1, null),
         ($2, 'c6', 'quality', '2026-02-28', 5, 'answered', '{}', 1, 0.05),
         ($2, 'c7', 'dialogue', '2026-03-06', 9, 'answered', '{}', 1, 8),
         ('', 'c8', 'other', '2026-02-28', 2, 'answered', '{}', 1, 0.02)`,
      [idOf(ANNA.phone), idOf(BADR.phone), 'wz:c1:nobody'],
    );
    const shown = async (metric: string, more = {}) =>
      (await page(metric, more))?.items.map(({ conversationId, amount, value, key }) => [
        conversationId,
        amount,
        value,
        key,
      ]);
    const anna = [idOf(ANNA.phone), '0.45', 3, 'dialogue, summary'];
    const badr = [idOf(BADR.phone), '0.15', 1, 'dialogue'];
    expect(await shown('modelCost')).toEqual([anna, badr]);
    expect(await shown('costPerConversation')).toEqual([anna, badr]);
    expect(await shown('modelCost', { key: 'summary' })).toEqual([[idOf(ANNA.phone), '0.05', 1, 'summary']]);
    expect(await shown('reviewCost')).toEqual([[idOf(BADR.phone), '0.05', 1, 'quality']]);
    const first = await page('modelCost', { limit: 1 });
    expect(first).toMatchObject({ items: [{ conversationId: idOf(ANNA.phone), at: 7, known: true }] });
    const rest = await page('modelCost', { limit: 1, cursor: first?.next ?? '' });
    expect(rest).toMatchObject({ items: [{ conversationId: idOf(BADR.phone) }], next: null });
  });

  it('lists as many for each part of a number as that part counts', async () => {
    let looked = 0;
    for (const range of [WEEK, EARLY]) {
      const { answers } = await parts().metrics.report(range);
      for (const { id, drill } of METRICS) {
        if (drill === null) continue;
        for (const { key, n } of answers[id]?.parts ?? []) {
          const found = await parts().metrics.drill(id, range, { limit: 50, key });
          expect([id, key, found?.items.length]).toEqual([id, key, n]);
          looked += 1;
        }
      }
    }
    expect(looked).toBeGreaterThan(20);
  });

  it('lists as many as were counted, page by page', async () => {
    const { answers } = await parts().metrics.report(WEEK);
    for (const { id, drill, unit } of METRICS) {
      if (drill === null || unit !== 'count' || drill.of === 'waiting') continue;
      if (
        ['customers', 'newCustomers', 'returningCustomers', 'languages', 'segments', 'articles'].includes(id)
      )
        continue;
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const found = await page(id, { limit: 2, ...(cursor ? { cursor } : {}) });
        ids.push(...(found?.items ?? []).map((item) => item.conversationId));
        cursor = found?.next ?? undefined;
      } while (cursor);
      expect([id, ids.length]).toEqual([id, answers[id]?.value]);
    }
  });
});
