/** The day's budget of reviews: two replicas on one database, many due reviews, dear calls (domain 6.14, lesson F-48). */
import { describe, expect, it } from 'vitest';
import { eventually } from '../engine/testing/harness.ts';
import { HOUR, reviewStage } from './test-stage.ts';

const stage = reviewStage();
const DUE = 24;
const READINGS = 2;
/** As the limits count: a call without a bill costs what was reserved. */
const SPENT = `select coalesce(sum(coalesce(cost, reserved_usd)), 0)::float8 * 100 as cents, count(*)::int as calls
  from quality_reading where scope = 'bot'`;

const budgetOf = async (scope: string) =>
  (await stage.api().budgets()).find((budget) => budget.scope === scope);
const alertsOf = (scope: string) =>
  [...stage.alerts.values()].filter(({ id }) => id.startsWith(`review-budget:${scope}:`));
const waiting = async (): Promise<number> =>
  (await stage.pool.query(`select from quality_review where state = 'postponed' and scope = 'bot'`)).rows
    .length;

describe("the day's budget of reviews", () => {
  it('is never passed by two replicas with many due reviews, pays none twice, and is told once', async () => {
    const limitCents = 40;
    stage.set('bot', { mode: 'scheduled', readings: READINGS, centsPerDay: limitCents });
    expect(await budgetOf('bot')).toEqual({
      scope: 'bot',
      spentCents: 0,
      limitCents,
      calls: 0,
      callsLimit: 400,
      stoppedSince: null,
    });
    // Nearly as dear as the books are prepared for: the double is too cheap to reach a limit.
    await stage.pool.query(`create function dear() returns trigger language plpgsql as
      $$ begin new.cost := coalesce(new.cost, 0) + old.reserved_usd * 0.9; return new; end $$`);
    await stage.pool.query(
      `create trigger dear before update on quality_reading for each row execute function dear()`,
    );
    const other = await stage.replica('other');
    try {
      for (let i = 0; i < DUE; i++) await stage.talk(`wz:c1:9715000005${10 + i}`, 4 + i / 100);
      const asked = await Promise.all([stage.look(), stage.look(other)]);
      expect(asked.reduce((sum, { bot }) => sum + (bot ?? 0), 0)).toBe(DUE);
      const seen: number[] = [];
      await eventually(async () => {
        seen.push((await stage.pool.query<{ cents: number }>(SPENT)).rows[0]?.cents ?? 0);
        const { rows } = await stage.pool.query(
          `select from quality_review where state in ('scored', 'postponed') and scope = 'bot'`,
        );
        return rows.length === DUE;
      });
      const [spent] = (await stage.pool.query<{ cents: number; calls: number }>(SPENT)).rows;
      expect(Math.max(...seen, spent?.cents ?? 0)).toBeLessThanOrEqual(limitCents);
      expect(spent?.calls).toBeGreaterThan(1);
      expect(stage.asked()).toBe(spent?.calls);
      expect(await waiting()).toBeGreaterThan(0);
      const { rows: twice } = await stage.pool.query(
        `select command_id from quality_reading group by command_id having count(*) > 1`,
      );
      expect(twice).toEqual([]);
      expect(stage.raised.filter((id) => id.startsWith('review-budget:'))).toHaveLength(1);
      expect(alertsOf('bot')[0]).toMatchObject({ conversationId: null });
      expect(alertsOf('bot')[0]?.summary).toContain('of $0.40');
      const budget = await budgetOf('bot');
      expect(budget).toMatchObject({ calls: spent?.calls, limitCents });
      expect(budget?.stoppedSince).not.toBeNull();
      expect((await budgetOf('flags'))?.stoppedSince).toBeNull();
    } finally {
      await other.stop(1000);
      await stage.pool.query('drop trigger dear on quality_reading');
    }
  });

  it('is told again when Telegram did not take it, and goes on when the limit is raised', async () => {
    await stage.pool.query('update conversation set last_at = 0');
    stage.set('redFlags', { mode: 'scheduled', readings: 1, centsPerDay: 0 });
    stage.telegramTakes(false);
    await stage.talk('wz:c1:971500000601', 0.1);
    await stage.look();
    await stage.review('wz:c1:971500000601', 'postponed', 'flags');
    expect(alertsOf('flags')).toEqual([]);
    stage.telegramTakes(true);
    await stage.talk('wz:c1:971500000602', 0.1);
    await stage.look();
    await stage.review('wz:c1:971500000602', 'postponed', 'flags');
    expect(alertsOf('flags')).toHaveLength(1);
    expect((await budgetOf('flags'))?.stoppedSince).not.toBeNull();
    stage.set('redFlags', { mode: 'scheduled', readings: 1, centsPerDay: 50 });
    await stage.talk('wz:c1:971500000603', 0.1);
    await stage.look();
    await stage.review('wz:c1:971500000603', 'scored', 'flags');
    expect(await budgetOf('flags')).toMatchObject({ stoppedSince: null, limitCents: 50, calls: 1 });
  });

  it('that all reviews share stops a kind without a limit of its own, and is told as well', async () => {
    await stage.pool.query('update conversation set last_at = 0');
    await stage.pool.query('truncate quality_stop');
    stage.alerts.clear();
    stage.set('redFlags', { mode: 'scheduled', readings: 1, centsPerDay: null }, '0.02');
    const before = stage.asked();
    await stage.talk('wz:c1:971500000604', 0.1);
    await stage.look();
    await stage.review('wz:c1:971500000604', 'postponed', 'flags');
    expect(stage.asked()).toBe(before);
    expect(alertsOf('flags')).toEqual([]);
    expect(alertsOf('all')).toMatchObject([
      { conversationId: null, summary: expect.stringContaining('of $0.02') },
    ]);
    expect((await budgetOf('flags'))?.limitCents).toBe(2);
  });

  it('that all reviews share is passed by no kind when all of them run away, and is told once', async () => {
    await stage.pool.query('update conversation set last_at = 0');
    await stage.pool.query('truncate quality_stop, quality_reading');
    await stage.pool.query(
      `create trigger dear before update on quality_reading for each row execute function dear()`,
    );
    stage.alerts.clear();
    stage.raised.length = 0;
    const limitCents = 60;
    const dailyBudgetUsd = (limitCents / 100).toFixed(2);
    stage.set('bot', { mode: 'scheduled', readings: READINGS }, dailyBudgetUsd);
    stage.alsoSet('redFlags', { mode: 'scheduled', readings: READINGS });
    stage.alsoSet('manager', { mode: 'scheduled', readings: READINGS });
    for (let i = 0; i < DUE / 2; i++) {
      const id = `wz:c1:9715000007${10 + i}`;
      const last = await stage.talk(id, 4 + i / 100, [
        ['customer', 'Is anybody there?'],
        ['bot', 'Hello, I am Noor of Treejar'],
        ['manager', 'Good day, this is Omar', 'Omar'],
      ]);
      await stage.pool.query(
        `insert into alert (alert_id, conversation_id, trigger_number, reason, summary, at) values ($1, $1, 5, 'r', 's', $2)`,
        [id, last - HOUR],
      );
      await stage.moved(id, 2, last - HOUR, 'owner.bot', 'owner.waiting');
      await stage.moved(id, 3, last + 1, 'owner.manager.active', 'owner.bot');
    }
    try {
      const asked = await stage.look();
      for (const scope of ['bot', 'flags', 'manager'] as const) expect(asked[scope]).toBe(DUE / 2);
      const all = `select coalesce(sum(coalesce(cost, reserved_usd)), 0)::float8 * 100 as cents,
        count(distinct scope)::int as kinds from quality_reading`;
      const seen: number[] = [];
      await eventually(async () => {
        const { rows } = await stage.pool.query<{ cents: number; kinds: number }>(all);
        seen.push(rows[0]?.cents ?? 0);
        const { rows: open } = await stage.pool.query(
          `select from quality_review where conversation_id like 'wz:c1:9715000007%'
             and state not in ('scored', 'postponed', 'failed')`,
        );
        return open.length === 0;
      });
      expect(Math.max(...seen)).toBeGreaterThan(0);
      expect(Math.max(...seen)).toBeLessThanOrEqual(limitCents);
      const { rows } = await stage.pool.query<{ scope: string }>(
        `select distinct scope from quality_review
         where conversation_id like 'wz:c1:9715000007%' and state = 'postponed' order by scope`,
      );
      expect(rows.map(({ scope }) => scope)).toEqual(['bot', 'flags', 'manager']);
      expect(stage.raised.map((id) => id.split(':').slice(0, 2).join(':'))).toEqual(['review-budget:all']);
    } finally {
      await stage.pool.query('drop trigger dear on quality_reading');
    }
  });
});
