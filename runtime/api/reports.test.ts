/** Reports over the API: made, listed, printed, told; the numbers are those of the metrics. */
import { type Context, Effect } from 'effect';
import { expect, it } from 'vitest';
import { pdfText } from '../../tests/support/pdf-text.ts';
import { ManagersGroup } from '../desk/managers-group.ts';
import { reports as reportJobs } from '../jobs/reports.ts';
import { makeMetrics } from '../metrics/metrics-api.ts';
import { makeProjector } from '../metrics/projector.ts';
import { tell, ZONE } from '../metrics/testing.ts';
import { makeReports } from '../reports/reports.ts';
import { API_TOKEN, db, session, setup } from './test-web-handler.ts';

const shop = (group: 'there' | 'absent' | 'away' = 'absent') => {
  const { clock, ctx, log } = setup();
  const projector = makeProjector({ pool: db.pool, clock, timeZone: ZONE });
  const metrics = makeMetrics({ pool: db.pool, clock, timeZone: ZONE, projector });
  const told: string[] = [];
  const telegram = {
    sendAlert: ({ html }: { html: string }) =>
      group === 'away'
        ? Effect.fail({ _tag: 'TelegramUnavailable', retryable: true, message: 'away' })
        : Effect.sync(() => {
            told.push(html);
            return { messageId: '1', chatId: '1', movedTo: null };
          }),
  };
  const services = ManagersGroup.context(
    (group === 'absent' ? null : telegram) as unknown as Context.Service.Shape<typeof ManagersGroup>,
  );
  const reports = makeReports({ pool: db.pool, clock, metrics, settings: ctx.settings, services });
  return { ...setup({ clock, metrics, reports }), reports, told, log };
};

it('makes a report with the numbers of the metrics, and gives it as JSON, CSV and PDF', async () => {
  const { call, raw, clock } = shop();
  const at = clock.now();
  await tell(db.pool, {
    phone: '971500000041',
    lines: [
      [at - 60_000, 'customer', 'Hello'],
      [at - 56_000, 'bot', 'Hello, I am Noor.'],
    ],
  });
  const made = await call('POST', '/quality/reports', { from: '2026-01-09', to: '2026-01-15' });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ kind: 'custom', from: '2026-01-09', to: '2026-01-15', toldAt: null });
  const metrics = (await call('GET', '/admin/metrics?from=2026-01-09&to=2026-01-15')).body.metrics;
  for (const { id, value, parts } of made.body.metrics) {
    expect(metrics.find((metric: { id: string }) => metric.id === id)).toMatchObject({ value, parts });
  }
  const path = `/quality/reports/${made.body.id}`;
  expect((await call('GET', path)).body).toEqual(made.body);
  expect((await call('GET', `${path}.json`)).body).toEqual(made.body);
  expect((await call('GET', '/quality/reports')).body.items[0]).toMatchObject({ id: made.body.id });
  const authorization = { headers: { authorization: `Bearer ${API_TOKEN}` } };
  const csv = await raw('GET', `${path}.csv`, authorization);
  expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
  expect(await csv.text()).toContain('total,conversations,,2026-01-09,2026-01-15,count,1,');
  const pdf = await raw('GET', `${path}.pdf?lang=ru`, authorization);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.headers.get('content-disposition')).toContain('report-2026-01-09-2026-01-15.ru.pdf');
  const paper = pdfText(new Uint8Array(await pdf.arrayBuffer()));
  for (const words of ['2026-01-09', 'Noor', 'Treejar']) expect(paper).toContain(words);
  expect((await call('GET', '/quality/reports/nonsense.pdf')).status).toBe(404);
});

it('keeps a report as it was when the numbers move on', async () => {
  const { call, clock } = shop();
  const made = await call('POST', '/quality/reports', { period: 'day' });
  await tell(db.pool, { phone: '971500000042', lines: [[clock.now(), 'customer', 'Later']] });
  expect((await call('GET', `/quality/reports/${made.body.id}`)).body.metrics).toEqual(made.body.metrics);
  const again = await call('POST', '/quality/reports', { period: 'day' });
  const count = (body: { metrics: { id: string; value: number }[] }) =>
    body.metrics.find(({ id }) => id === 'conversations')?.value;
  expect(count(again.body)).toBe((count(made.body) ?? 0) + 1);
});

it('is made by managers, and read by everybody who is signed in', async () => {
  const s = shop();
  const { headers } = await session(s, 'viewer');
  const denied = await s.raw('POST', '/quality/reports', { headers: headers(), body: '{}' });
  expect(denied.status).toBe(403);
  expect((await s.raw('GET', '/quality/reports', { headers: headers() })).status).toBe(200);
  expect((await s.call('POST', '/quality/reports', { from: '2026-02-30' })).status).toBe(422);
});

it('by the calendar is made once and told once, and told later when Telegram was away', async () => {
  const daily = (s: ReturnType<typeof shop>) => {
    const config = { cron: { report: '0 9 * * 1' } } as never;
    const jobs = reportJobs({ config, log: s.log, reports: s.reports });
    const found = (name: string) => jobs.find((job) => job.name === name);
    expect(found('report-weekly')?.cron).toBe('0 9 * * 1');
    return found('report-daily');
  };
  const away = shop('away');
  await expect(daily(away)?.run()).rejects.toThrow();
  const there = shop('there');
  await daily(there)?.run();
  await daily(there)?.run();
  expect(there.told).toHaveLength(1);
  expect(there.told[0]).toMatch(/<b>Daily report<\/b> 2026-01-14/);
  expect(there.told[0]).toMatch(/Conversion: <b>n\/a<\/b>/);
  expect(there.told[0]).not.toMatch(/9715/);
  const { items } = (await there.call('GET', '/quality/reports')).body;
  const found = items.filter(({ kind }: { kind: string }) => kind === 'daily');
  expect(found).toMatchObject([{ from: '2026-01-14', to: '2026-01-14', madeBy: 'schedule' }]);
  expect(found[0].toldAt).not.toBeNull();
});
