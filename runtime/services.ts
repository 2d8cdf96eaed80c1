/** Everything that programs need, built once: adapters on their endpoints, catalog, knowledge, prompts and stores. */
import { Effect, Layer, type Redacted } from 'effect';
import type pg from 'pg';
import { Catalog } from '../actors/catalog/catalog.ts';
import { ImageStore } from '../actors/catalog/image-store.ts';
import { ProductPhotos } from '../actors/catalog/product-photos.ts';
import { RecommendationRules } from '../actors/catalog/recommendation-rules.ts';
import { CatalogSource } from '../actors/catalog/source.ts';
import { BusinessSettings } from '../actors/conversation/business-settings.ts';
import { CrmProfiles } from '../actors/conversation/crm-profiles.ts';
import { CrmSettings } from '../actors/conversation/crm-settings.ts';
import { LiveProducts } from '../actors/conversation/live-products.ts';
import { Sight } from '../actors/conversation/sight.ts';
import { StockReadings } from '../actors/conversation/stock-readings.ts';
import { Candidates } from '../actors/knowledge/candidates.ts';
import { Knowledge } from '../actors/knowledge/knowledge.ts';
import { MediaLinks } from '../actors/media/media-links.ts';
import { Prompts } from '../actors/prompts/prompts.ts';
import { Summaries } from '../actors/summaries/summaries.ts';
import { ChatModel } from '../adapters/openrouter/openrouter.ts';
import { Limiter, type LimiterShape, sharedStateLayer } from '../adapters/redis/shared-state.ts';
import type { TelegramOptions } from '../adapters/telegram/telegram.ts';
import { Wazzup } from '../adapters/wazzup/wazzup.ts';
import { MediaDownload } from '../adapters/whisper/media-download.ts';
import { Transcriber } from '../adapters/whisper/whisper.ts';
import { ZohoCrm } from '../adapters/zoho-crm/zoho-crm.ts';
import { ZohoInventory } from '../adapters/zoho-inventory/zoho-inventory.ts';
import { makePostgresTokenStore } from '../adapters/zoho-oauth/postgres-store.ts';
import { type ZohoProduct, ZohoToken } from '../adapters/zoho-oauth/zoho-token.ts';
import type { BusinessHours } from '../machines/business-hours/business-hours.ts';
import type { SettingsStore } from './api/settings-store.ts';
import { channelGate } from './channels/gate.ts';
import { alertStore } from './conversations/alert-store.ts';
import { sentMessageStore } from './conversations/sent-message-store.ts';
import { managersGroup } from './desk/managers-group.ts';
import type { Clock, Log } from './engine/types.ts';
import type { TypingPreviews } from './live/typing-previews.ts';
import { outreachStore } from './outreach/outreach-store.ts';
import { dialogueSource } from './quality/dialogue-source.ts';
import { judgeSettings } from './quality/judge-policy.ts';
import { quotationServices } from './quotation-services.ts';
import { referralStore } from './referral/referral-store.ts';
import { type SearchEndpoints, searchLayer } from './search-services.ts';
import type { MediaSigner } from './server/media.ts';
import { modelLedger } from './spend/model-ledger.ts';
import { summarySource } from './summaries/summary-source.ts';

/** Where each vendor is and what opens it; a double's endpoint looks the same. */
export interface Endpoints extends SearchEndpoints {
  readonly wazzup: { readonly baseUrl: string; readonly apiKey: Redacted.Redacted };
  readonly openrouter: {
    readonly baseUrl: string;
    readonly apiKey: Redacted.Redacted;
    readonly model: string;
    readonly fallbackModels: readonly string[];
    /** Null: customers' pictures are shown to people only. */
    readonly visionModel: string | null;
    readonly judgeModel: string;
  };
  /** Null: alerts stay in the admin. */
  readonly telegram: TelegramOptions | null;
  readonly whisper: { readonly baseUrl: string; readonly apiKey: Redacted.Redacted; readonly model: string };
  readonly zoho: {
    readonly accountsUrl: string;
    readonly crmUrl: string;
    readonly inventoryUrl: string;
    readonly clientId: string;
    readonly clientSecret: Redacted.Redacted;
    readonly refreshToken: Redacted.Redacted;
    /** Inventory's own, when it has one. */
    readonly inventoryRefreshToken: Redacted.Redacted;
    readonly organizationId: string;
    /** 0: no limit. */
    readonly inventoryPerMinute: number;
  };
  /** Null: what replicas share is in this process. Holds the password. */
  readonly redisUrl: Redacted.Redacted | null;
}

export interface ServiceOptions {
  readonly endpoints: Endpoints;
  readonly pool: pg.Pool;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly log: Log;
  /** References to what must not be written down itself: a phone. */
  readonly keyedHash: (value: string) => string;
  /** `BUSINESS_TIMEZONE`: where a day of the money begins. */
  readonly timeZone: string;
  /** `BUSINESS_HOURS`. */
  readonly hours: BusinessHours;
  readonly typing: Pick<TypingPreviews, 'layer'>;
  readonly publicUrl: string;
  /** `DATA_DIR/media`, and who signs links to what lies there. */
  readonly mediaFolder: string;
  readonly links: Pick<MediaSigner, 'sign'>;
  /** `SESSION_SECRET`: what strangers must not be able to make up is made with it. */
  readonly secret: Redacted.Redacted;
}

export const makeServices = (options: ServiceOptions) => {
  const { endpoints, pool, clock, log } = options;
  // One store for both products: they may share a refresh token, and then its quota (wire/02 §4).
  const store = makePostgresTokenStore(pool);
  const token = (product: ZohoProduct) =>
    ZohoToken.layer({
      product,
      accountsUrl: endpoints.zoho.accountsUrl,
      apiBaseUrl: product === 'crm' ? endpoints.zoho.crmUrl : endpoints.zoho.inventoryUrl,
      clientId: endpoints.zoho.clientId,
      clientSecret: endpoints.zoho.clientSecret,
      refreshToken: product === 'crm' ? endpoints.zoho.refreshToken : endpoints.zoho.inventoryRefreshToken,
      store,
      clock,
    });
  const shared = sharedStateLayer({ url: endpoints.redisUrl, log, now: clock.now });
  const crm = limited((limiter) => ZohoCrm.layer({ baseUrl: endpoints.zoho.crmUrl, limiter })).pipe(
    Layer.provide(token('crm')),
  );
  const { inventoryUrl: baseUrl, organizationId, inventoryPerMinute: requestsPerMinute } = endpoints.zoho;
  const inventory = limited((limiter) =>
    ZohoInventory.layer({ baseUrl, organizationId, clock, limiter, requestsPerMinute }),
  ).pipe(Layer.provide(token('inventory')));
  const readings = StockReadings.layer.pipe(Layer.provide(inventory));
  const search = searchLayer(endpoints);
  const catalog = Catalog.layer({ pool }).pipe(Layer.provide(inventorySource), Layer.provide(inventory));
  const links = Layer.succeed(MediaLinks, { sign: options.links.sign });
  const images = ImageStore.layer({ mediaFolder: options.mediaFolder, clock }).pipe(Layer.provide(inventory));
  const photos = ProductPhotos.layer.pipe(Layer.provide(links), Layer.provideMerge(images));
  const group = managersGroup(endpoints.telegram);
  const { publicUrl, secret } = options;
  const stores = Layer.mergeAll(
    alertStore({ pool, clock, log, secret, publicUrl }).pipe(Layer.provideMerge(group)),
    sentMessageStore(pool),
    outreachStore(options).pipe(Layer.provideMerge(channelGate(pool, clock, log))),
    referralStore({ pool, clock }),
    turnSettings(options.settings),
    recommendationRules(options.settings),
    crmSettings(options.settings),
    Layer.succeed(Sight, { model: endpoints.openrouter.visionModel }),
    modelLedger(options),
    options.typing.layer,
  );
  return Layer.mergeAll(
    limited((limiter) => Wazzup.layer({ ...endpoints.wazzup, limiter })),
    Transcriber.layer(endpoints.whisper),
    MediaDownload.layer({ wazzupBaseUrl: endpoints.wazzup.baseUrl }),
    limited((limiter) => ChatModel.layer({ ...endpoints.openrouter, limiter })),
    crm,
    inventory,
    LiveProducts.layer.pipe(Layer.provide(readings)),
    CrmProfiles.layer({ hash: options.keyedHash }).pipe(Layer.provide(crm)),
    Prompts.layer(pool),
    stores,
    quotationServices(options),
    dialogueSource(pool, options.settings).pipe(Layer.provideMerge(summarySource(pool))),
    judgeSettings({ ...options, model: endpoints.openrouter.judgeModel }),
    links,
    Layer.mergeAll(
      photos.pipe(Layer.provideMerge(catalog)),
      Candidates.layer(pool).pipe(Layer.provideMerge(Knowledge.layer({ pool }))),
      Summaries.layer({ pool }),
    ).pipe(Layer.provide(search)),
  ).pipe(Layer.provideMerge(shared));
};

/** A client that keeps the vendor's pace together with the other replicas. */
const limited = <A, E, R>(
  make: (limiter: LimiterShape) => Layer.Layer<A, E, R>,
): Layer.Layer<A, E, R | Limiter> => Layer.unwrap(Effect.map(Limiter, make));

export type Services = Layer.Success<ReturnType<typeof makeServices>>;

/** Zoho Inventory as the catalog's source (domain 0.3). */
const inventorySource = Layer.effect(
  CatalogSource,
  Effect.gen(function* () {
    const inventory = yield* ZohoInventory;
    return {
      name: 'Zoho Inventory',
      page: (page, modifiedSince) =>
        inventory
          .listItems({ page, ...(modifiedSince === undefined ? {} : { modifiedSince }) })
          .pipe(
            Effect.map(({ items, hasMore, rejected }) => ({ items, hasMore, rejected: rejected.length })),
          ),
    };
  }),
);

const recommendationRules = (store: SettingsStore) =>
  Layer.succeed(RecommendationRules, {
    now: Effect.promise(() => store.get()).pipe(Effect.map(({ recommendations }) => recommendations)),
  });

const crmSettings = (store: SettingsStore) =>
  Layer.succeed(CrmSettings, {
    deals: Effect.promise(() => store.get()).pipe(Effect.map(({ crm }) => crm)),
    contactAttribution: Effect.promise(() => store.get()).pipe(
      Effect.map(({ crm }) => crm.contactAttribution),
    ),
  });

const turnSettings = (store: SettingsStore) =>
  Layer.succeed(BusinessSettings, {
    forTurn: Effect.promise(() => store.get()).pipe(
      Effect.map(({ bot, conversation, discounts, orders, followUps, referral }) => ({
        assistantName: bot.assistantName,
        companyName: bot.companyName,
        botEnabled: bot.enabled,
        maxContextMessages: conversation.maxContextMessages,
        terms: {
          vatPercent: orders.vatPercent,
          deliveryCharge: orders.deliveryCharge,
          freeDeliveryFrom: orders.freeDeliveryFrom,
          managerThreshold: orders.managerThreshold,
          discounts: discounts.segments,
        },
        vatTaxId: orders.vatTaxId,
        referral: referral.enabled
          ? { referrerPercent: referral.referrerPercent, newcomerPercent: referral.newcomerPercent }
          : null,
        quietFollowUps: followUps.enabled && followUps.quiet.enabled,
      })),
    ),
  });
