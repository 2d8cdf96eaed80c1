/** Reviews of managers and red flags, samples, budgets that end a runaway, and what is asked by hand. */
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../engine/testing/harness.ts';
import { HOUR, reviewStage, type Said } from './test-stage.ts';

const stage = reviewStage();
const { asked, review, talk } = stage;
afterEach(() => stage.model.reset());

const HANDED_OVER: readonly Said[] = [
  ['customer', 'I want a discount for 40 chairs'],
  ['bot', 'I am Noor of Treejar, a colleague will answer you'],
  ['manager', 'Good day, I read your order for chairs', 'Layla'],
  ['manager', 'The price is 265 AED, can you confirm today', 'Layla'],
];

/** Handed over with the second message, given back an hour after the last one. */
const handOver = async (id: string, hoursAgo: number, diff: readonly object[] = []) => {
  const last = await talk(id, hoursAgo, HANDED_OVER);
  const escalatedAt = last - 2000;
  await stage.pool.query(
    `insert into alert (alert_id, conversation_id, trigger_number, reason, summary, at) values ($1, $2, 5, 'r', 's', $3)`,
    [`alert-${id}`, id, escalatedAt],
  );
  await stage.moved(id, 1, escalatedAt, 'owner.bot', 'owner.waiting');
  await stage.moved(id, 2, last - 1000, 'owner.waiting', 'owner.manager.active', diff);
  return {
    escalatedAt,
    giveBack: () => stage.moved(id, 3, last + HOUR, 'owner.manager.active', 'owner.bot'),
  };
};

describe("a manager's work", () => {
  it('is reviewed once the chat was given back, with Q1 to Q4, and a low score is told to the owner', async () => {
    const id = 'wz:c1:971500000001';
    stage.set('manager', { mode: 'scheduled' });
    const diff = [{ op: 'replace', path: '/context/deal/id', value: 'D1', old: null }];
    const { escalatedAt, giveBack } = await handOver(id, 5, diff);
    const deal = { id: 'D1', written: { stage: 'inWork', amount: '10600.00' } };
    await stage.pool.query(
      `insert into actor (actor_id, kind, version, snapshot, updated_at) values ($1, 'conversation', 1, $2, 0)`,
      [id, JSON.stringify({ snapshot: { context: { deal } } })],
    );
    expect(await stage.look()).toEqual({ bot: null, manager: 0, flags: null });
    await giveBack();
    expect(await stage.look()).toMatchObject({ manager: 1 });
    const row = await review(id, 'scored', 'manager');
    // The double's signs: criteria 1, 2, 3, 4, 8 and 10 are seen in one line each, 7 in two: 8 of 20.
    expect(row).toMatchObject({
      manager: 'Layla',
      total: '8.0',
      ceiling: '20.0',
      rating: 'poor',
      readings: 3,
    });
    expect(Number(row.activity_at)).toBe(escalatedAt);
    expect(row.detail.measures).toEqual({
      firstResponseMs: 1000,
      isWithinTarget: true,
      converted: true,
      messages: 2,
      dealAmount: '10600.00',
    });
    const told = await eventually(async () => [...stage.alerts.values()][0]);
    expect(told).toMatchObject({ conversationId: null, reason: "A manager's work was scored low: 8 of 20" });
    expect(told.summary).toContain('Customer: +97150***0001\nManager: Layla');
    const before = asked();
    expect(await stage.look()).toMatchObject({ manager: 0 });
    expect(asked()).toBe(before);
  });

  it('is summed up for each manager, and what nobody knows is no number', async () => {
    expect(await stage.api().managers()).toEqual([
      {
        manager: 'Layla',
        reviews: 1,
        averagePoints: 8,
        averageFirstResponseMs: 1000,
        converted: 1,
        known: 1,
      },
    ]);
    expect(await stage.api().managers(stage.now() + HOUR)).toEqual([]);
  });

  it('of which the CRM was never asked has no deal that is known, not none', async () => {
    const id = 'wz:c1:971500000002';
    const { giveBack } = await handOver(id, 6);
    await giveBack();
    await stage.look();
    const { detail } = await review(id, 'scored', 'manager');
    expect(detail.measures).toMatchObject({ converted: null, dealAmount: null });
  });
});

describe('red flags', () => {
  const id = 'wz:c1:971500000011';

  it('are told at once with their evidence, and the same set is told once', async () => {
    stage.alerts.clear();
    stage.set('redFlags', { mode: 'scheduled' });
    await talk(id, 0.4, [
      ['customer', 'Can you deliver tomorrow'],
      ['bot', 'I guarantee it will be there'],
    ]);
    expect(await stage.look()).toMatchObject({ flags: expect.any(Number) });
    const row = await review(id, 'scored', 'flags');
    expect(row.flags).toEqual(['identity_missing', 'unsupported_commitment']);
    expect(row.readings).toBe(1);
    expect(row.detail.flags[1]).toMatchObject({
      quotes: ['I guarantee it will be there'],
      messageIds: [expect.stringMatching(/^m\d+-1$/)],
    });
    const key = `red-flags:${id}:identity_missing+unsupported_commitment`;
    await eventually(async () => stage.alerts.has(key));
    const count = () => [...stage.alerts.keys()].filter((name) => name.includes(id)).length;
    await talk(id, 0.2, [
      ['customer', 'And the chairs'],
      ['bot', 'I guarantee those as well'],
    ]);
    await stage.look();
    await eventually(
      async () =>
        (await stage.api().list({ scope: 'flags', conversation: id, flagged: true, limit: 9 })).items
          .length === 2,
    );
    expect(count()).toBe(1);
  });

  it('are not looked for again while the assistant has said nothing more', async () => {
    await stage.pool.query(`update conversation set last_at = 0 where conversation_id <> $1`, [id]);
    await talk(id, 0.1, [['customer', 'Thank you']]);
    expect(await stage.look()).toMatchObject({ flags: 0 });
  });

  it('need a hand-over to be called premature', async () => {
    const talker = 'wz:c1:971500000012';
    await talk(talker, 0.3, HANDED_OVER.slice(0, 2));
    await stage.look();
    expect((await review(talker, 'scored', 'flags')).flags).toEqual([]);
  });
});

describe('a sample', () => {
  it('is as many reviews a day as were chosen, drawn by lot from the last day', async () => {
    await stage.pool.query('update conversation set last_at = 0');
    stage.set('bot', { mode: 'daily_sample', dailySample: 2, readings: 1 });
    for (let i = 0; i < 6; i++) await talk(`wz:c1:97150000002${i}`, 4 + i);
    await talk('wz:c1:971500000029', 30);
    expect(await stage.look()).toMatchObject({ bot: 2 });
    await eventually(
      async () =>
        (await stage.api().list({ scope: 'bot', state: 'scored', flagged: false, limit: 9 })).items.length ===
        2,
    );
    expect(await stage.look()).toMatchObject({ bot: 0 });
    const { items } = await stage.api().list({ scope: 'bot', flagged: false, limit: 9 });
    expect(items.map(({ conversationId }) => conversationId)).not.toContain('wz:c1:971500000029');
  });
});

describe('by hand', () => {
  const id = 'wz:c1:971500000051';

  it('is told its price before anybody is asked, runs though the automation is off, and is paid once', async () => {
    stage.set('bot', {});
    await talk(id, 0.01);
    const api = stage.api();
    const before = asked();
    const preview = await api.preview({ conversation: id });
    expect(preview).toMatchObject({
      reviews: 1,
      readings: 3,
      calls: 3,
      model: 'other/judge',
      isKnown: false,
    });
    if (preview === null || 'refused' in preview) throw new Error('a preview was expected');
    expect(Number(preview.likelyUsd)).toBeGreaterThan(0);
    expect(Number(preview.mostUsd)).toBeGreaterThan(Number(preview.likelyUsd));
    expect(asked()).toBe(before);
    expect(await api.ask({ conversationId: id })).toMatchObject({ conversationId: id, state: 'due' });
    const row = await review(id, 'scored');
    expect(Number(row.cost_usd)).toBeLessThan(Number(preview.mostUsd));
    expect(await api.ask({ conversationId: id })).toMatchObject({ state: 'scored' });
    expect(await api.preview({ conversation: id })).toMatchObject({ isKnown: true, calls: 0 });
    expect(asked() - before).toBe(3);
    await talk(id, 0.001);
    const next = await api.preview({ conversation: id });
    if (next === null || 'refused' in next) throw new Error('a preview was expected');
    expect(Number(next.likelyUsd)).toBeGreaterThan(0);
    expect(Number(next.leftUsd)).toBeLessThan(Number(preview.leftUsd));
  });

  it('leads from each quote to its message', async () => {
    const [{ id: reviewed } = { id: '' }] = (
      await stage.api().list({ scope: 'bot', conversation: id, flagged: false, limit: 1 })
    ).items;
    const detail = await stage.api().detail(reviewed);
    expect(detail?.criteria).toHaveLength(15);
    expect(detail?.criteria[0]).toMatchObject({
      rule: 1,
      applies: true,
      evidence: [{ messageId: expect.stringMatching(/^m\d+-1$/) }],
    });
    expect(detail?.criteria[14]?.applies).toBe(false);
    expect(detail?.score).toMatchObject({ ceiling: 9.6, rating: null });
    expect(detail?.coverage?.isEnough).toBe(false);
  });

  it('is refused where there is nothing to review, or no model may read', async () => {
    const api = stage.api();
    expect(await api.ask({ conversationId: 'wz:c1:0' })).toBeNull();
    expect(await api.ask({ conversationId: id, scope: 'manager' })).toMatchObject({
      refused: { code: 'nothing_to_review' },
    });
    expect(await api.run('bot')).toMatchObject({ refused: { code: 'reviews_disabled' } });
    stage.set('bot', { mode: 'manual', transcript: 'disabled' });
    expect(await api.ask({ conversationId: id })).toMatchObject({ refused: { code: 'transcripts_off' } });
    expect(await api.run('bot')).toMatchObject({ refused: { code: 'transcripts_off' } });
  });

  it('runs all that is due, within its limit', async () => {
    await stage.pool.query('update conversation set last_at = 0');
    stage.set('bot', { mode: 'manual', readings: 1 });
    for (let i = 0; i < 3; i++) await talk(`wz:c1:97150000006${i}`, 4);
    expect(await stage.look()).toMatchObject({ bot: null });
    expect(await stage.api().preview({ scope: 'bot', limit: 2 })).toMatchObject({ reviews: 2, calls: 2 });
    expect(await stage.api().run('bot', 2)).toMatchObject({ asked: 2 });
    await eventually(async () => {
      const { rows } = await stage.pool.query(
        `select from quality_review where conversation_id like 'wz:c1:97150000006%' and state = 'scored'`,
      );
      return rows.length === 2;
    });
  });
});

describe('a judge who is not the same twice', () => {
  it('leaves a spread that is stored and shown', async () => {
    stage.set('bot', { readings: 9 });
    let seed = 7;
    const draw = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    stage.model.setJudgeNoise({ chance: 0.5, draw });
    const id = 'wz:c1:971500000071';
    await talk(id, 0.01);
    await stage.api().ask({ conversationId: id });
    const row = await review(id, 'scored');
    expect(row.readings).toBe(9);
    expect(Number(row.lowest)).toBeLessThan(Number(row.highest));
    expect(Number(row.total)).toBeGreaterThanOrEqual(Number(row.lowest));
    expect(Number(row.total)).toBeLessThanOrEqual(Number(row.highest));
  });
});

/** Last: what it leaves behind asks again for minutes. */
describe('a runaway', () => {
  /** Every answer is refused, so that every try is paid and another one is asked for: lesson F-48. */
  const INVENTED = JSON.stringify({
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

  it('ends at the cents of the day', async () => {
    await stage.pool.query('update conversation set last_at = 0');
    stage.set('bot', { mode: 'scheduled', readings: 9, centsPerDay: 0 });
    await talk('wz:c1:971500000041', 4);
    const before = asked();
    await stage.look();
    await review('wz:c1:971500000041', 'postponed');
    expect(asked()).toBe(before);
  });

  it('ends at the calls of the run, then at those of the day, and what was not paid is taken up by the next run', async () => {
    await stage.pool.query('update conversation set last_at = 0');
    await stage.pool.query(`delete from quality_reading where scope = 'bot'`);
    stage.model.script(...Array.from({ length: 60 }, () => ({ kind: 'say' as const, text: INVENTED })));
    stage.set('bot', { mode: 'scheduled', readings: 1, callsPerRun: 4, callsPerDay: 9 });
    for (let i = 0; i < 8; i++) await talk(`wz:c1:97150000003${i}`, 4 + i / 100);
    const before = asked();
    expect(await stage.look()).toMatchObject({ bot: 4 });
    await eventually(async () => {
      const { rows } = await stage.pool.query(
        `select reason from quality_review where state = 'failed' and scope = 'bot' and conversation_id like 'wz:c1:97150000003%'`,
      );
      return rows.length === 4;
    });
    expect(asked() - before).toBe(4);
    // Those of the run that were given up unpaid are due again, before the rest.
    expect(await stage.look()).toMatchObject({ bot: 4 });
    await eventually(async () => asked() - before === 8);
    await stage.look();
    await eventually(async () => {
      const { rows } = await stage.pool.query(
        `select from quality_review where state = 'postponed' and scope = 'bot' and conversation_id like 'wz:c1:97150000003%'`,
      );
      return rows.length > 0;
    });
    expect(asked() - before).toBe(9);
  });
});
