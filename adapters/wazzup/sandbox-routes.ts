/** `/_sandbox/…`: lets any program play the customer, the manager and the vendor's bad days with curl. */
import { Result, Schema } from 'effect';
import type { DoubleHandler, DoubleRequest, DoubleResponse, Fault } from '../double/double-server.ts';
import type { SandboxFiles } from './sandbox-files.ts';
import type { WebhookPoster } from './sandbox-webhooks.ts';
import type { PhoneSimulator } from './simulator.ts';

/** How the vendor behaves towards API sends. */
export interface WazzupBehaviour {
  /** Whether our own sends come back as echoes: real accounts differ (wire/01 §5.3). */
  readonly echoApiSends: boolean;
  /** What becomes of a send: reports can be out of order or missing (wire/01 §5.4). */
  readonly statuses: 'sent-delivered' | 'delivered-sent' | 'sent-only' | 'none';
  /** A webhook error code that every further send ends in, after its 201 (wire/00 fact 2). */
  readonly failWith: string | null;
}

export interface SandboxDeps {
  readonly simulator: PhoneSimulator;
  readonly files: SandboxFiles;
  readonly poster: WebhookPoster;
  readonly behave: (change: Partial<WazzupBehaviour>) => WazzupBehaviour;
  readonly addFault: (fault: Fault) => void;
  readonly clearFaults: () => void;
  /** False: there is no such channel or template. */
  readonly setChannelState: (channelId: string, state: string, tell: boolean) => boolean;
  readonly setTemplateStatus: (templateId: string, status: string) => boolean;
}

const Kind = Schema.Literals([
  'text',
  'image',
  'audio',
  'video',
  'document',
  'contact',
  'location',
  'missed_call',
  'other',
]);
const Customer = Schema.Struct({
  name: Schema.optionalKey(Schema.String),
  text: Schema.optionalKey(Schema.String),
  kind: Schema.optionalKey(Kind),
  contentUri: Schema.optionalKey(Schema.String),
  sample: Schema.optionalKey(Schema.Literals(['usual', 'plan'])),
  quotedMessageId: Schema.optionalKey(Schema.String),
  times: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10 }))),
});
const Manager = Schema.Struct({
  text: Schema.String.check(Schema.isMinLength(1)),
  from: Schema.Literals(['phone', 'app']),
  name: Schema.optionalKey(Schema.String),
});
const Target = Schema.Struct({
  url: Schema.NullOr(Schema.String),
  secret: Schema.optionalKey(Schema.NullOr(Schema.String)),
});
const Behaviour = Schema.Struct({
  echoApiSends: Schema.optionalKey(Schema.Boolean),
  statuses: Schema.optionalKey(Schema.Literals(['sent-delivered', 'delivered-sent', 'sent-only', 'none'])),
  failWith: Schema.optionalKey(Schema.NullOr(Schema.String)),
});
const Word = Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(64));
/** `tell: false`: the webhook is lost, and only the list shows the new state. */
const ChannelBody = Schema.Struct({ state: Word, tell: Schema.optionalKey(Schema.Boolean) });
const TemplateBody = Schema.Struct({ status: Word });
const FaultBody = Schema.Struct({
  /** A regular expression on the path; default: the vendor's API. */
  path: Schema.optionalKey(Schema.String),
  method: Schema.optionalKey(Schema.String),
  times: Schema.optionalKey(Schema.Int),
  delayMs: Schema.optionalKey(Schema.Number),
  status: Schema.optionalKey(Schema.Int),
  body: Schema.optionalKey(Schema.Unknown),
  dropAfter: Schema.optionalKey(Schema.Boolean),
  dropBefore: Schema.optionalKey(Schema.Boolean),
});

export const sandboxRoutes = (deps: SandboxDeps): Record<string, DoubleHandler> => {
  const { simulator } = deps;
  const chatOf = (request: DoubleRequest) => request.params.chatId ?? '';
  return {
    'GET /_sandbox/chats': () => ok({ items: simulator.chats() }),
    'GET /_sandbox/chats/:chatId': (request) => ok({ items: simulator.chat(chatOf(request)) }),
    'POST /_sandbox/chats/:chatId/messages': withBody(Customer, (body, request) =>
      taken(simulator.customerWrites({ ...body, chatId: chatOf(request) })),
    ),
    'POST /_sandbox/chats/:chatId/manager': withBody(Manager, (body, request) =>
      taken(simulator.managerWrites({ ...body, chatId: chatOf(request) })),
    ),
    'POST /_sandbox/chats/:chatId/read': (request) =>
      taken(simulator.markRead(chatOf(request)).then(() => ({ ok: true }))),
    'POST /_sandbox/files': (request) => upload(deps.files, request),
    'GET /files/:hash': (request) => deps.files.get(request.params.hash ?? ''),
    'GET /_sandbox/webhook': () => ok({ url: deps.poster.target(), problems: deps.poster.problems() }),
    'PUT /_sandbox/webhook': withBody(Target, (body) => {
      deps.poster.setTarget(body.url, body.secret ?? null);
      return ok({ url: body.url });
    }),
    'PUT /_sandbox/behaviour': withBody(Behaviour, (body) => ok(deps.behave(body))),
    'PUT /_sandbox/channels/:channelId': withBody(ChannelBody, ({ state, tell }, request) =>
      found(deps.setChannelState(request.params.channelId ?? '', state, tell ?? true)),
    ),
    'PUT /_sandbox/templates/:templateId': withBody(TemplateBody, ({ status }, request) =>
      found(deps.setTemplateStatus(request.params.templateId ?? '', status)),
    ),
    'POST /_sandbox/faults': withBody(FaultBody, (body) => {
      const { path, status, body: answer, ...fault } = body;
      deps.addFault({
        ...fault,
        path: new RegExp(path ?? '^/v3/'),
        ...(status === undefined ? {} : { respond: { status, body: answer } }),
      });
      return ok({ ok: true });
    }),
    'DELETE /_sandbox/faults': () => {
      deps.clearFaults();
      return ok({ ok: true });
    },
  };
};

const found = (known: boolean): DoubleResponse => (known ? ok({ ok: true }) : problem(404, 'no such id'));
const ok = (body: object): DoubleResponse => ({ status: 200, body });
const problem = (status: number, message: string): DoubleResponse => ({
  status,
  body: { error: { message } },
});

const withBody =
  <A>(
    schema: Schema.Codec<A, unknown>,
    handler: (body: A, request: DoubleRequest) => DoubleResponse | Promise<DoubleResponse>,
  ): DoubleHandler =>
  (request) => {
    let json: unknown;
    try {
      json = request.json();
    } catch {
      return problem(400, 'send a JSON object');
    }
    const decoded = Schema.decodeUnknownResult(schema)(json);
    return Result.isSuccess(decoded)
      ? handler(decoded.success, request)
      : problem(422, String(decoded.failure.issue));
  };

/** 502 when the product did not take the webhook: the message is in the chat all the same. */
const taken = async (work: Promise<object>): Promise<DoubleResponse> => {
  try {
    return ok(await work);
  } catch (error) {
    return problem(502, error instanceof Error ? error.message : String(error));
  }
};

const upload = (files: SandboxFiles, request: DoubleRequest): DoubleResponse => {
  const name = request.query.get('filename') ?? 'file';
  try {
    const uri = files.put(request.body, name, request.headers['content-type'] ?? 'application/octet-stream');
    return ok({ contentUri: uri });
  } catch (error) {
    return problem(413, error instanceof Error ? error.message : String(error));
  }
};
