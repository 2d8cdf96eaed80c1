/** Reports over the API: made, listed, printed, told; the numbers are those of the metrics. */
import { type Context, Effect, Redacted } from 'effect';
import { expect, it } from 'vitest';
import { makeVendorHealthRegistry } from '../../adapters/http/vendor-health.ts';
import { startTelegramDouble } from '../../adapters/telegram/double.ts';
import { Telegram } from '../../adapters/telegram/telegram.ts';
import { pdfText } from '../../tests/support/pdf-text.ts';
import { ManagersGroup } from '../desk/managers-group.ts';
import { reports as reportJobs } from '../jobs/reports.ts';
import { makeMetrics } from '../metrics/metrics-api.ts';
import { makeProjector } from '../metrics/projector.ts';
import { tell, ZONE } from '../metrics/testing.ts';
import { makeReports } from '../reports/reports.ts';
import { API_TOKEN, db, session, setup } from './test-web-handler.ts';

const shop = (services: Context.Context<ManagersGroup> = ManagersGroup.context(null)) => {
  const { clock, ctx, log } = setup();
  const projector = makeProjector({ pool: db.pool, clock, timeZone: ZONE });
  const metrics = makeMetrics({ pool: db.pool, clock, timeZone: ZONE, projector });
  const reports = makeReports({ pool: db.pool, clock, metrics, settings: ctx.settings, services });
  return { ...setup({ clock, metrics, reports }), reports, log };
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

const dailyJob = (s: ReturnType<typeof shop>) => {
  const config = { cron: { report: '0 9 * * 1' } } as never;
  const jobs = reportJobs({ config, log: s.log, reports: s.reports });
  const found = (name: string) => jobs.find((job) => job.name === name);
  expect(found('report-weekly')?.cron).toBe('0 9 * * 1');
  return found('report-daily');
};

it('by the calendar is made once; words and paper reach the group once each, however often Telegram fails', async () => {
  const double = await startTelegramDouble({ botToken: '1:a', chatId: '-1' });
  const s = shop(
    ManagersGroup.context(
      await Effect.runPromise(
        Effect.provide(
          Effect.map(Telegram, (telegram) => telegram),
          Telegram.layer({
            baseUrl: double.url,
            botToken: Redacted.make('1:a'),
            chatId: '-1',
            breaker: { registry: makeVendorHealthRegistry() },
          }),
        ),
      ),
    ),
  );
  try {
    double.fail({ kind: 'server' });
    await expect(dailyJob(s)?.run()).rejects.toThrow();
    expect(double.messages()).toEqual([]);
    double.fail({ kind: 'rate_limited', retryAfterSeconds: 1 }, 1, 'sendDocument');
    await expect(dailyJob(s)?.run()).rejects.toThrow(/no more messages/);
    expect(double.messages()).toHaveLength(1);
    // As pg-boss does: again and again, until it is through.
    await expect
      .poll(
        () =>
          dailyJob(s)
            ?.run()
            .then(() => 'through', String),
        { timeout: 20_000 },
      )
      .toBe('through');
    await dailyJob(s)?.run();
    const [words, paper, ...more] = double.messages();
    expect(more).toEqual([]);
    expect(words?.text).toMatch(/<b>Daily report<\/b> 2026-01-14/);
    expect(words?.text).toMatch(/Conversion: <b>n\/a<\/b>/);
    expect(paper).toMatchObject({
      silent: true,
      document: { name: 'report-2026-01-14-2026-01-14.pdf', type: 'application/pdf' },
    });
    expect(paper?.plain).toMatch(/^Daily report 2026-01-14 #[0-9a-f]{10}$/);
    const printed = pdfText(paper?.document?.bytes ?? new Uint8Array());
    expect(printed).toContain('2026-01-14');
    for (const said of [words?.text, paper?.plain, printed]) expect(said).not.toMatch(/9715/);
    const { items } = (await s.call('GET', '/quality/reports')).body;
    const found = items.filter(({ kind }: { kind: string }) => kind === 'daily');
    expect(found).toMatchObject([{ from: '2026-01-14', to: '2026-01-14', madeBy: 'schedule' }]);
    expect([found[0].toldAt, found[0].paperAt]).not.toContain(null);
  } finally {
    await double.close();
  }
});

it('says that nobody was told where there is no group', async () => {
  const { call } = shop();
  const made = await call('POST', '/quality/reports', { period: 'day', tell: true });
  expect(made.body).toMatchObject({ toldAt: null, paperAt: null });
});
