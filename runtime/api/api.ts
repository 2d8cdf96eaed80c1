/**
 * The REST API, defined once: routes, schemas, roles and OpenAPI come from here (contract 3.2). Groups of services that
 * a deployment does not have are left out when the server is built, so every route that exists works.
 */
import { Schema } from 'effect';
import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from 'effect/http-api';
import { Authorization, RequiredRole, WellFormed } from './access.ts';
import { ApprovedView, CandidateView } from './candidate-schemas.ts';
import { Charts } from './chart-group.ts';
import { Diagnostics } from './diagnostics-group.ts';
import { ErasedView } from './erasure-schema.ts';
import { Conflict, NotFound, TooMany, Unauthorized } from './errors.ts';
import { Prompts, Queues, Users } from './house-groups.ts';
import { MachineDetailView } from './machine-detail-schema.ts';
import { Metrics, Reports } from './metrics-group.ts';
import {
  OutreachRunBody,
  OutreachRunView,
  OutreachTouchView,
  ReferralStatsView,
} from './outreach-schemas.ts';
import { Quality } from './quality-group.ts';
import * as In from './requests.ts';
import * as Out from './schemas.ts';
import { Settings, SettingsPatch } from './settings-schema.ts';
import { Crm, Inventory } from './vendor-groups.ts';

const ok = Schema.Struct({ ok: Schema.Literal(true) });
const conversation = { params: In.ConversationParams };
const act = {
  ...conversation,
  headers: In.IdempotencyHeaders,
  success: Out.ConversationDetail,
  error: [NotFound, Conflict],
};

const Sessions = HttpApiGroup.make('session')
  .add(
    HttpApiEndpoint.post('login', '/session', {
      payload: In.LoginBody,
      success: Out.SessionView,
      error: [Unauthorized, TooMany],
    }),
    HttpApiEndpoint.post('link', '/session/link', {
      payload: In.LinkBody,
      success: Out.SessionView,
      error: [Unauthorized, TooMany],
    }),
    HttpApiEndpoint.get('current', '/session', { success: Out.SessionView }).middleware(Authorization),
    HttpApiEndpoint.delete('logout', '/session', { success: HttpApiSchema.NoContent }).middleware(
      Authorization,
    ),
  )
  .middleware(WellFormed)
  .annotate(OpenApi.Description, 'Signing in and out; changes by cookie need the header X-CSRF-Token.');

const Live = HttpApiGroup.make('live')
  .add(HttpApiEndpoint.post('ticket', '/live/token', { success: Out.LiveTokenView }))
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(OpenApi.Description, 'A ticket for one connection to the WebSocket /api/v1/live.');

const Conversations = HttpApiGroup.make('conversations')
  .add(
    HttpApiEndpoint.get('list', '/conversations', {
      query: In.ConversationsQuery,
      success: Out.listOf(Out.ConversationSummary),
    }),
    HttpApiEndpoint.get('counts', '/conversations/counts', { success: Out.ConversationCounts }),
    HttpApiEndpoint.get('detail', '/conversations/:id', {
      ...conversation,
      success: Out.ConversationDetail,
      error: NotFound,
    }),
    HttpApiEndpoint.get('messages', '/conversations/:id/messages', {
      ...conversation,
      query: In.PageQuery,
      success: Out.listOf(Out.MessageView),
      error: NotFound,
    }),
    HttpApiEndpoint.get('journal', '/conversations/:id/journal', {
      ...conversation,
      query: In.JournalQuery,
      success: Out.listOf(Out.JournalView),
      error: NotFound,
    }),
    HttpApiEndpoint.get('snapshot', '/conversations/:id/snapshot', {
      ...conversation,
      query: In.SnapshotQuery,
      success: Schema.Struct({ value: Schema.Unknown, context: Schema.Unknown }),
      error: NotFound,
    }),
    HttpApiEndpoint.post('takeOver', '/conversations/:id/take-over', {
      ...act,
      payload: [In.TakeOverBody, Schema.Null],
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.post('release', '/conversations/:id/release', {
      ...act,
      payload: [In.ReleaseBody, Schema.Null],
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.post('reply', '/conversations/:id/messages', {
      ...act,
      payload: In.MessageBody,
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.post('note', '/conversations/:id/notes', { ...act, payload: In.NoteBody }).annotate(
      RequiredRole,
      'manager',
    ),
    HttpApiEndpoint.post('close', '/conversations/:id/close', act).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.post('pause', '/conversations/:id/pause', { ...act, payload: In.PauseBody })
      .annotate(RequiredRole, 'manager')
      .annotate(
        OpenApi.Description,
        'Holds a conversation: events are stored and wait, no command starts. It is listed among the dead letters until it is resumed.',
      ),
    HttpApiEndpoint.post('resume', '/conversations/:id/resume', act).annotate(RequiredRole, 'manager'),
  )
  .middleware(WellFormed)
  .middleware(Authorization);

const Erasure = HttpApiGroup.make('erasure')
  .add(
    HttpApiEndpoint.post('erase', '/conversations/:id/erase', {
      ...conversation,
      success: ErasedView,
      error: NotFound,
    })
      .annotate(RequiredRole, 'admin')
      .annotate(
        OpenApi.Description,
        'Erases the person: all conversations of this customer on all channels and what was derived from them. There is no way back. 503 while a command of theirs still runs: ask again. Zoho, Wazzup, the Telegram group and backups are not ours to erase here; see docs/security.md.',
      ),
  )
  .middleware(WellFormed)
  .middleware(Authorization);

const Products = HttpApiGroup.make('products')
  .add(
    HttpApiEndpoint.get('list', '/products', {
      query: In.ProductsQuery,
      success: Out.listOf(Out.ProductView),
    }),
    HttpApiEndpoint.get('search', '/products/search', {
      query: In.SearchQuery,
      success: Out.listOf(Out.ProductHit),
    }),
    HttpApiEndpoint.post('sync', '/products/sync', {
      success: Schema.Struct({ id: Schema.String }).pipe(HttpApiSchema.status(202)),
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.get('latestRun', '/products/sync', { success: Out.SyncRunView, error: NotFound }),
    HttpApiEndpoint.get('syncRun', '/products/sync/:run', {
      params: In.RunParams,
      success: Out.SyncRunView,
      error: NotFound,
    }),
  )
  .middleware(WellFormed)
  .middleware(Authorization);

const Knowledge = HttpApiGroup.make('knowledge')
  .add(
    HttpApiEndpoint.get('list', '/knowledge', { query: In.PageQuery, success: Out.listOf(Out.ArticleView) }),
    HttpApiEndpoint.get('search', '/knowledge/search', {
      query: In.SearchQuery,
      success: Out.listOf(Out.ArticleHit),
    }),
    HttpApiEndpoint.post('create', '/knowledge', {
      payload: In.ArticleBody,
      success: Out.ArticleView.pipe(HttpApiSchema.status(201)),
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.put('update', '/knowledge/:id', {
      params: In.IdParams,
      payload: In.ArticleBody,
      success: Out.ArticleView,
      error: NotFound,
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.delete('remove', '/knowledge/:id', {
      params: In.IdParams,
      success: HttpApiSchema.NoContent,
      error: NotFound,
    }).annotate(RequiredRole, 'manager'),
  )
  .middleware(WellFormed)
  .middleware(Authorization);

const Candidates = HttpApiGroup.make('candidates')
  .add(
    HttpApiEndpoint.get('list', '/knowledge/candidates', {
      query: In.PageQuery,
      success: Out.listOf(CandidateView),
    }),
    HttpApiEndpoint.post('approve', '/knowledge/candidates/:id/approve', {
      params: In.IdParams,
      payload: In.CandidateBody,
      success: ApprovedView,
      error: NotFound,
    }).annotate(RequiredRole, 'admin'),
    HttpApiEndpoint.post('reject', '/knowledge/candidates/:id/reject', {
      params: In.IdParams,
      success: ok,
      error: NotFound,
    }).annotate(RequiredRole, 'admin'),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(OpenApi.Description, 'Answers of managers that an administrator may publish as articles.');

const Admin = HttpApiGroup.make('admin')
  .add(
    HttpApiEndpoint.get('deadLetters', '/admin/dead-letters', {
      query: In.PageQuery,
      success: Out.listOf(Out.DeadLetterView),
    }),
    HttpApiEndpoint.post('retryDeadLetter', '/admin/dead-letters/:id/retry', {
      params: In.IdParams,
      success: ok,
      error: [NotFound, Conflict],
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.post('discardDeadLetter', '/admin/dead-letters/:id/discard', {
      params: In.IdParams,
      success: ok,
      error: NotFound,
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.get('settings', '/admin/settings', { success: Settings }),
    HttpApiEndpoint.put('putSettings', '/admin/settings', {
      payload: SettingsPatch,
      success: Settings,
    }).annotate(RequiredRole, 'admin'),
    HttpApiEndpoint.get('settingsHistory', '/admin/settings/history', {
      query: In.PageQuery,
      success: Out.listOf(Out.SettingsChangeView),
    }).annotate(RequiredRole, 'admin'),
    HttpApiEndpoint.get('audit', '/admin/audit', {
      query: In.AuditQuery,
      success: Out.listOf(Out.AuditView),
    }).annotate(RequiredRole, 'admin'),
  )
  .middleware(WellFormed)
  .middleware(Authorization);

const Channels = HttpApiGroup.make('channels')
  .add(
    HttpApiEndpoint.get('list', '/channels', { success: Out.listOf(Out.ChannelView) }),
    HttpApiEndpoint.get('templates', '/templates', {
      query: In.PageQuery,
      success: Out.listOf(Out.TemplateView),
    }),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(OpenApi.Description, 'WhatsApp channels with their health, and approved templates.');

const Outreach = HttpApiGroup.make('outreach')
  .add(
    HttpApiEndpoint.get('due', '/outreach/due', {
      query: In.PageQuery,
      success: Out.listOf(OutreachTouchView),
    }),
    HttpApiEndpoint.get('referrals', '/referrals', {
      query: In.ReferralQuery,
      success: ReferralStatsView,
    }),
    HttpApiEndpoint.post('run', '/outreach/run', {
      payload: [OutreachRunBody, Schema.Null],
      success: OutreachRunView,
    }).annotate(RequiredRole, 'manager'),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(
    OpenApi.Description,
    'Messages that we write first: who is due, with what, and why others are blocked.',
  );

const Spend = HttpApiGroup.make('spend')
  .add(
    HttpApiEndpoint.get('modelCalls', '/conversations/:id/model-calls', {
      ...conversation,
      query: In.PageQuery,
      success: Out.listOf(Out.ModelCallView),
      error: NotFound,
    }),
    HttpApiEndpoint.get('spend', '/admin/spend', { query: In.SpendQuery, success: Out.SpendView }),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(OpenApi.Description, 'What models were asked and what it cost, in US dollars by business day.');

const Machines = HttpApiGroup.make('machines')
  .add(
    HttpApiEndpoint.get('list', '/machines', {
      success: Out.listOf(Schema.Struct({ id: Schema.String, version: Schema.String })),
    }),
    HttpApiEndpoint.get('detail', '/machines/:id', {
      params: In.IdParams,
      query: In.HeatQuery,
      success: MachineDetailView,
      error: NotFound,
    }).annotate(
      OpenApi.Description,
      'The definition with its layout, how many are in each state now, and of the last `days`: dwell, ends in silence and passages.',
    ),
  )
  .middleware(WellFormed)
  .middleware(Authorization);

/** The phone simulator's side; never in production. */
const Sandbox = HttpApiGroup.make('sandbox')
  .add(
    HttpApiEndpoint.get('chats', '/sandbox/chats', { success: Out.listOf(Schema.Unknown) }),
    HttpApiEndpoint.get('chat', '/sandbox/chats/:chatId', {
      params: In.ChatParams,
      success: Out.listOf(Schema.Unknown),
    }),
    HttpApiEndpoint.post('customerWrites', '/sandbox/chats/:chatId/messages', {
      params: In.ChatParams,
      payload: In.PhoneMessageBody,
      success: Schema.Struct({ messageId: Schema.String }).pipe(HttpApiSchema.status(201)),
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.post('managerWrites', '/sandbox/chats/:chatId/manager', {
      params: In.ChatParams,
      payload: In.PhoneManagerBody,
      success: ok,
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.post('read', '/sandbox/chats/:chatId/read', {
      params: In.ChatParams,
      success: ok,
    }).annotate(RequiredRole, 'manager'),
  )
  .middleware(WellFormed)
  .middleware(Authorization);

/** Who may call without a sign-in gets less: `components` only with one. */
const Health = HttpApiGroup.make('health').add(
  HttpApiEndpoint.get('health', '/health', { success: Out.HealthView }),
  HttpApiEndpoint.get('liveness', '/health/live', { success: ok }),
);

export const BASE_PATH = '/api/v1';

const meta = OpenApi.annotations({
  title: 'Treejar',
  version: '1',
  description:
    'Sign in by `Authorization: Bearer <ADMIN_API_TOKEN>` or by the session cookie. Errors: {"error":{"code","message","issues"}}. Times are RFC 3339 UTC.',
});

/** The whole API. {@link apiWith} leaves out the groups whose services a deployment does not have. */
export const TreejarApi = HttpApi.make('treejar')
  .add(
    Health,
    Sessions,
    Live,
    Conversations,
    Erasure,
    Products,
    Knowledge,
    Candidates,
    Crm,
    Inventory,
    Channels,
    Outreach,
    Quality,
    Admin,
    Metrics,
    Prompts,
    Users,
    Queues,
    Reports,
    Spend,
    Machines,
    Charts,
    Diagnostics,
    Sandbox,
  )
  .prefix(BASE_PATH)
  .annotateMerge(meta);
export type TreejarApi = typeof TreejarApi;
export type GroupName = keyof TreejarApi['groups'];

/** The API without the groups named in `absent`: they are neither served nor documented. */
export const apiWith = (absent: ReadonlySet<GroupName>): TreejarApi => {
  const served = Object.values(TreejarApi.groups).filter((group) => !absent.has(group.identifier));
  const [first, ...rest] = served;
  if (!first) throw new Error('an API needs at least one group; check which services are given');
  // The type lists all groups; at run time the absent ones have neither routes nor handlers.
  return HttpApi.make('treejar')
    .add(first, ...rest)
    .annotateMerge(meta) as unknown as TreejarApi;
};
