/**
 * The boundary parser of Wazzup's webhook: any JSON in, a closed set of items out. It never throws; what it cannot read
 * is handed back with its path, so that the caller can keep it and still answer 200 (wire/01 §5, lesson F-39).
 */
import { Result, Schema, SchemaIssue } from 'effect';
import type { RejectedItem, StatusItem, WazzupItem } from './items.ts';
import { messageItems } from './webhook-message.ts';
import {
  type BadField,
  clean,
  cut,
  deliveryStatusOf,
  errorOf,
  MAX_NAME_CHARS,
  momentOf,
  WireChannelUpdate,
  WireMessage,
  WireStatus,
  WireTemplateStatus,
} from './wire.ts';

export type * from './items.ts';
export { MAX_TEXT_CHARS } from './items.ts';

export interface DecodedWebhook {
  /** The `{"test":true}` probe of a subscription (wire/01 §5.1). */
  readonly test: boolean;
  readonly items: readonly WazzupItem[];
  readonly rejected: readonly RejectedItem[];
}

/** Unknown top-level keys reported per body; more would only repeat the news (G10). */
const MAX_OTHER_KEYS = 20;

type Section = (value: unknown, path: string, out: Sink) => void;
interface Sink {
  readonly items: WazzupItem[];
  readonly rejected: RejectedItem[];
}

/** Reads a webhook body, already parsed as JSON. Good items and bad ones of one body are told apart. */
export const decodeWebhook = (body: unknown): DecodedWebhook => {
  const out: Sink = { items: [], rejected: [] };
  if (!isRecord(body)) {
    out.rejected.push({ path: '', reason: 'the body is not a JSON object', raw: body });
    return { test: false, ...out };
  }
  let others = 0;
  for (const [key, value] of Object.entries(body)) {
    const section = SECTIONS.get(key);
    if (value === null || key === 'test') continue;
    if (section) section(value, key, out);
    else if (others++ < MAX_OTHER_KEYS) out.items.push({ kind: 'other', name: cut(clean(key), 64) });
  }
  return { test: body.test === true, ...out };
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Each item of a list is decoded by itself: one bad item must not cost the others (contract 3.1). */
const eachOf = <A>(
  schema: Schema.Codec<A, unknown>,
  toItems: (wire: A) => readonly WazzupItem[] | BadField,
): Section => {
  const take = one(schema, toItems);
  return (value, path, out) => {
    if (!Array.isArray(value)) {
      out.rejected.push({ path, reason: 'expected a list', raw: value });
      return;
    }
    for (const [index, raw] of value.entries()) take(raw, `${path}[${index}]`, out);
  };
};

const one = <A>(
  schema: Schema.Codec<A, unknown>,
  toItems: (wire: A) => readonly WazzupItem[] | BadField,
): Section => {
  const decode = Schema.decodeUnknownResult(schema);
  return (raw, path, out) => {
    const decoded = decode(raw);
    if (Result.isFailure(decoded)) {
      const issue = firstIssue(decoded.failure.issue, raw);
      out.rejected.push({ path: `${path}${issue.path}`, reason: issue.reason, raw });
      return;
    }
    const items = toItems(decoded.success);
    if ('field' in items) out.rejected.push({ path: `${path}.${items.field}`, reason: items.reason, raw });
    else out.items.push(...items);
  };
};

const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1();

/** Path and kind of the first fault. The value itself is left out: reasons are logged, and it may be a phone. */
const firstIssue = (
  issue: SchemaIssue.Issue,
  raw: unknown,
): { readonly path: string; readonly reason: string } => {
  const keys = (formatIssue(issue).issues[0]?.path ?? []).map((part) =>
    typeof part === 'object' ? part.key : part,
  );
  const value = keys.reduce<unknown>((at, key) => (isRecord(at) ? at[String(key)] : undefined), raw);
  return {
    path: keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join(''),
    reason: value === undefined ? 'is missing' : `is not usable (${value === null ? 'null' : typeof value})`,
  };
};

const statusItem = (wire: WireStatus): readonly WazzupItem[] => {
  const status = deliveryStatusOf(wire.status);
  if (!status) return [{ kind: 'other', name: cut(`status.${clean(wire.status)}`, 64) }];
  const item: StatusItem = {
    kind: 'status',
    messageId: clean(wire.messageId),
    status,
    error: errorOf(wire.error),
    chat: null,
    at: momentOf(wire.timestamp),
  };
  return [item];
};

const channelItem = (wire: typeof WireChannelUpdate.Type): readonly WazzupItem[] => [
  {
    kind: 'channel',
    channelId: clean(wire.channelId),
    state: clean(wire.state).toLowerCase(),
    at: momentOf(wire.timestamp),
  },
];

const templateItem = (wire: typeof WireTemplateStatus.Type): readonly WazzupItem[] => [
  {
    kind: 'template',
    templateGuid: clean(wire.templateGuid),
    name: wire.name ? cut(clean(wire.name), MAX_NAME_CHARS) : null,
    status: clean(wire.status).toLowerCase(),
  },
];

const template = one(WireTemplateStatus, templateItem);
const templates = eachOf(WireTemplateStatus, templateItem);

const SECTIONS: ReadonlyMap<string, Section> = new Map([
  ['messages', eachOf(WireMessage, messageItems)],
  ['statuses', eachOf(WireStatus, statusItem)],
  ['channelsUpdates', eachOf(WireChannelUpdate, channelItem)],
  ['templateStatus', (value, path, out) => (Array.isArray(value) ? templates : template)(value, path, out)],
]);
