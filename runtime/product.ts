/** The whole product in one process: database, doubles, services, engine, server; and its end, in reverse. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Context, Effect, Exit, Layer, Redacted, Scope, Tracer } from 'effect';
import type pg from 'pg';
import { startEmbedded } from '../adapters/postgres/embedded.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { makePool } from '../adapters/postgres/pool.ts';
import { decodeWebhook } from '../adapters/wazzup/webhook.ts';
import { ZohoCrm } from '../adapters/zoho-crm/zoho-crm.ts';
import type { Timing } from '../machines/conversation/context.ts';
import { makeSettingsStore } from './api/settings-store.ts';
import { makeApiExtras } from './api-services.ts';
import { createOneTimeLink, ensureFirstAdmin } from './auth/first-admin.ts';
import { SHOP_LIMITS } from './capacity.ts';
import { readCatalogAtStart } from './catalog-at-start.ts';
import { makeChannels } from './channels/channels.ts';
import { stopwatch, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { conversationKind } from './conversations/kind.ts';
import { followSearchWords } from './conversations/search-words.ts';
import { makeConversationViews } from './conversations/views.ts';
import { makeCandidatesApi } from './desk/candidates-api.ts';
import { startDesk } from './desk/desk.ts';
import { startEngine } from './engine/engine.ts';
import { startHeat } from './heat/start-heat.ts';
import { makeHouse } from './house.ts';
import { closeBoss, openBoss } from './jobs/boss.ts';
import { startJobs } from './jobs/jobs.ts';
import { mirrorLongTimers, workLongTimers } from './jobs/long-timers.ts';
import { presenceLink } from './live/presence-link.ts';
import { headRelay } from './live/relay.ts';
import { makeTypingPreviews } from './live/typing-previews.ts';
import { effectLogger, type ProcessLog } from './log.ts';
import { mediaResolver } from './media-resolver.ts';
import { makeMetrics } from './metrics/metrics-api.ts';
import { makeProjector } from './metrics/projector.ts';
import { watchBackups } from './observability/backups.ts';
import { makeDiagnostics } from './observability/diagnostics.ts';
import { startReadings } from './observability/readings.ts';
import { makeReplyTimes } from './observability/reply-times.ts';
import { makeTracing, tracingLayer } from './observability/tracing.ts';
import { makeOutreachApi } from './outreach/outreach-api.ts';
import { makeErasure } from './privacy/erasure.ts';
import { makeQualityApi } from './quality/quality-api.ts';
import { reviewKind } from './quality/review-kind.ts';
import { redisPart } from './redis-health.ts';
import { makeReports } from './reports/reports.ts';
import { endpointsOf, placesOf, startSandbox, type VendorPlace } from './sandbox.ts';
import { makeMediaSigner } from './server/media.ts';
import { type Metrics, makeMetrics as makeTelemetry } from './server/metrics.ts';
import { startServer } from './server/server.ts';
import { startUpkeep } from './server/upkeep.ts';
import { makeServices, type Services } from './services.ts';
import { makeSpendApi } from './spend/spend-view.ts';
import { makeChartsApi } from './statechart/charts-api.ts';
import { type VendorFacts, vendorMetrics, vendorParts } from './vendor-health.ts';
import { VERSION } from './version.ts';

export interface RunningProduct {
  readonly url: string;
  readonly places: readonly VendorPlace[];
  /** Signs the first administrator in, once. Null when a password is configured. */
  readonly signInLink: string | null;
  readonly stop: () => Promise<void>;
}

/** Connections of the API, the programs and the projections' readers; the engine keeps its own. */
const POOL_SIZE = 10;
/**
 * A webhook is answered when it lies in the mailbox. Merged, it would wait for its step and four read models as well:
 * three times as long at a quiet moment, and under a flood all that the steps cost (bench/README.md).
 */
const MERGE = 0;
const ROOT = join(import.meta.dirname, '..');

/** How often it is looked how old the last backup is. */
const BACKUP_LOOK_MS = 3_600_000;

/** Gets what is left of the grace period, ms. */
type Closer = (graceMs: number) => Promise<void>;

/** Starts everything. When a part fails, the parts that run already are stopped before the error is thrown. */
export const startProduct = async (config: Config, log: ProcessLog): Promise<RunningProduct> => {
  const closers: Closer[] = [];
  let stopping: Promise<void> | null = null;
  const closeAll = async () => {
    const until = systemClock.now() + config.shutdownGraceMs;
    while (closers.length > 0) await closers.pop()?.(Math.max(0, until - systemClock.now()));
  };
  const stop = () => {
    stopping ??= closeAll();
    return stopping;
  };
  try {
    return await assemble(config, log, closers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
};

const assemble = async (
  config: Config,
  log: ProcessLog,
  closers: Closer[],
  stop: () => Promise<void>,
): Promise<RunningProduct> => {
  const clock = systemClock;
  const databaseUrl = await openDatabase(config, closers);
  const pool = makePool(databaseUrl, {
    max: POOL_SIZE,
    applicationName: 'treejar api',
    onIdleError: (error) => log.warn({ reason: error.name }, 'a database connection broke while idle'),
  });
  closers.push(() => pool.end());
  const applied = await migrate(pool);
  if (applied.length > 0) log.info({ migrations: applied.length }, 'the database was migrated');

  const sandbox = await startSandbox(config, clock);
  closers.push(sandbox.close);
  const endpoints = endpointsOf(config, sandbox);
  const settings = makeSettingsStore(pool, clock);
  const typing = makeTypingPreviews();
  const timeZone = config.businessTimeZone;
  const { publicUrl } = config;
  const mediaFolder = join(config.dataDir, 'media');
  // A free port is known when the server listens.
  const address = { url: publicUrl };
  const links = makeMediaSigner({ secret: config.sessionSecret, publicUrl: () => address.url, clock });
  const services = await buildServices(
    makeServices({
      endpoints,
      pool,
      settings,
      clock,
      log,
      keyedHash: log.keyedHash,
      timeZone,
      hours: config.businessHours,
      typing,
      publicUrl,
      mediaFolder,
      links,
      secret: config.sessionSecret,
    }),
    log,
    closers,
    config.otlpEndpoint,
  );

  const telemetry = makeTelemetry();
  const relay = headRelay(services);
  const timing = timingOf(config);
  const isWorker = config.roles.includes('worker');
  const isScheduler = config.roles.includes('scheduler');
  const boss = isWorker || isScheduler ? await openBoss({ databaseUrl, schedules: isScheduler, log }) : null;
  if (boss) closers.push(() => closeBoss(boss));
  const tracing =
    config.otlpEndpoint === undefined
      ? null
      : makeTracing({ tracer: Context.get(services, Tracer.Tracer), clock, hashOf: log.keyedHash });
  const kinds = [conversationKind(services, timing), reviewKind(services, pool)];
  const engine = await startEngine({
    databaseUrl,
    kinds: tracing ? kinds.map(tracing.kind) : kinds,
    replicaId: `${hostname()}:${process.pid}`,
    clock,
    log,
    worker: isWorker,
    limits: { ...SHOP_LIMITS, cacheActors: config.engineCacheActors, mergeBatchEvents: MERGE },
    ...(boss === null ? {} : { longTimers: await mirrorLongTimers(boss) }),
    ...(relay === null ? {} : { relay }),
    logId: log.keyedHash,
    observeCommit: (way) => timed(telemetry, way),
  });
  closers.push(engine.stop);
  if (tracing) engine.onCommit(tracing.committed);
  engine.onCommit(makeReplyTimes((seconds) => telemetry.observe('treejar_reply_seconds', seconds)));
  if (boss && isWorker) closers.push((await workLongTimers(boss, engine)).stop);

  if (isWorker) closers.push(startHeat({ pool, clock, log }).stop);
  if (isWorker) closers.push(followSearchWords({ pool, engine, log }).stop);
  const projector = makeProjector({ pool, clock, timeZone });
  const metrics = makeMetrics({ pool, clock, timeZone, projector });
  const spend = makeSpendApi(pool, clock, timeZone);
  const readings = startReadings({ metrics: telemetry, pool, clock, spend, settings, version: VERSION });
  closers.push(async () => readings.stop());
  const reports = makeReports({ pool, clock, metrics, settings, services });
  const { channelIds } = config.wazzup;
  const channels = makeChannels({ pool, services, channelIds, clock, log });
  const server = await startServer({
    config: {
      host: config.host,
      port: config.port,
      publicUrl: config.publicUrl.endsWith(':0') ? null : config.publicUrl,
      dataDir: config.dataDir,
      adminDir: join(ROOT, 'dist', 'admin'),
      maxBodyBytes: config.maxBodyBytes,
      mailboxLimit: config.mailboxLimit,
      webhookSecret: config.webhookSecret.value,
      sessionSecret: config.sessionSecret,
      apiToken: config.adminApiToken ?? null,
      channelIds,
      version: VERSION,
      inspect: config.statelyInspect,
      roles: { ingest: config.roles.includes('ingest'), live: config.roles.includes('live') },
    },
    pool,
    engine: tracing ? tracing.engine(engine) : engine,
    views: makeConversationViews({ pool, engine, clock, links }),
    ...makeApiExtras(services, pool, clock),
    candidates: makeCandidatesApi(services),
    erasure: makeErasure({ pool, engine, services }),
    spend,
    charts: makeChartsApi({ pool, clock }),
    metrics,
    ...makeHouse({ pool, engine, services, clock, sessionSecret: config.sessionSecret, boss }),
    reports,
    typing,
    presence: presenceLink(services),
    channels: channels.api,
    outreach: makeOutreachApi({ pool, engine, services, settings, clock, log, config }),
    quality: makeQualityApi({
      pool,
      engine,
      settings,
      clock,
      timeZone,
      model: config.openRouter.judgeModel,
    }),
    onChannel: channels.onChannel,
    windowless: channels.windowless,
    onTemplate: channels.onTemplate,
    simulator: sandbox.wazzup?.simulator,
    clock,
    log,
    settings,
    health: [...vendorParts(vendorFacts(services)), redisPart(services), channels.health],
    telemetry,
    diagnostics: makeDiagnostics({ folder: join(config.dataDir, 'diagnostics'), clock }),
    metricsText: () => readings.read().then(vendorMetrics),
    logId: log.keyedHash,
    decodeWebhook,
    resolveMedia: mediaResolver(services),
  });
  closers.push(server.stop);
  if (config.publicUrl.endsWith(':0')) address.url = server.url;

  const secret = Redacted.value(config.webhookSecret.value);
  sandbox.wazzup?.setWebhook(`${localUrl(config, server.port)}/api/v1/webhook/wazzup`, secret);
  if (boss && isScheduler) {
    const jobs = await startJobs({ boss, pool, config, services, settings, engine, reports, clock, log });
    closers.push(jobs.stop);
    closers.push(channels.watch().stop);
    // A development machine has no backups to miss.
    if (config.mode === 'production') {
      const run = watchBackups(pool, clock, services);
      closers.push(startUpkeep([{ name: 'backup age', everyMs: BACKUP_LOOK_MS, run }], log).stop);
    }
    closers.push(readCatalogAtStart(services, log).stop);
    const desk = startDesk({
      services,
      pool,
      engine,
      settings,
      chatId: config.telegram.chatId,
      clock,
      log,
    });
    if (desk) closers.push(desk.stop);
  }
  const signInLink = await firstAdmin(config, pool, server.url);
  return { url: server.url, places: placesOf(config, endpoints), signInLink, stop };
};

/** API credits that CRM has left for the day; null while it does not tell (wire/03 §8). */
const vendorFacts = (services: Context.Context<ZohoCrm>): VendorFacts => ({
  'zoho-crm': () => ({ creditsRemaining: Context.get(services, ZohoCrm).creditsRemaining() }),
});

const timed = (telemetry: Metrics, way: string): (() => void) => {
  const seconds = stopwatch();
  return () => telemetry.observe('treejar_commit_seconds', seconds(), { way });
};

/** What conversations are born with. */
const timingOf = (config: Config): Timing => ({
  debounceMs: config.debounceMs,
  debounceMaxMs: config.debounceMaxMs,
  replyDeadlineMs: config.replyDeadlineMs,
  handOverReturnMs: config.handOverReturnMs,
  outreach: {
    followUpDelaysMs: config.followUpDelaysMs,
    hours: config.businessHours,
    timeZone: config.businessTimeZone,
  },
});

/** Doubles reach us on loopback, whatever the public address is. */
const localUrl = (config: Config, port: number): string =>
  `http://${config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host}:${port}`;

const openDatabase = async (config: Config, closers: Closer[]): Promise<string> => {
  if (config.database.kind === 'url') return Redacted.value(config.database.url);
  const embedded = await startEmbedded({ dataDir: config.dataDir });
  closers.push(embedded.stop);
  return embedded.url;
};

const buildServices = async <E>(
  layer: Layer.Layer<Services, E>,
  log: ProcessLog,
  closers: Closer[],
  otlpEndpoint: string | undefined,
): Promise<Context.Context<Services>> => {
  const scope = Effect.runSync(Scope.make());
  closers.push(() => Effect.runPromise(Scope.close(scope, Exit.void)));
  const logged = layer.pipe(
    Layer.provideMerge(effectLogger(log)),
    Layer.provideMerge(tracingLayer(otlpEndpoint)),
  );
  return Effect.runPromise(Layer.buildWithScope(logged, scope));
};

const firstAdmin = async (config: Config, pool: pg.Pool, url: string): Promise<string | null> => {
  const userId = await ensureFirstAdmin(pool, config.admin ?? {});
  if (config.admin) return null;
  return createOneTimeLink({ pool, clock: systemClock, sessionSecret: config.sessionSecret, url, userId });
};
