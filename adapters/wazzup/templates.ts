/** WhatsApp's approved messages with blanks (wire/01 §2.4): read from the vendor page by page, filled in by us to be shown. */
import { Effect, Result, Schema } from 'effect';
import type { VendorRequest, VendorResponse } from '../http/vendor-client.ts';
import type { WazzupError } from './errors.ts';
import { failureOf, isOk, strange } from './replies.ts';

export interface Template {
  readonly id: string;
  /** The vendor's name of it, `follow_up_2`. */
  readonly name: string | null;
  readonly title: string | null;
  /** As WhatsApp says it: `en`, `en_US`, `ar`. */
  readonly language: string | null;
  /** Lower case: approved, pending, rejected, archived. */
  readonly status: string;
  /** Texts of header, body and footer, in this order, with `{{n}}` for blanks. */
  readonly parts: readonly string[];
  /** Channels that it may be sent from; empty when the vendor does not say. */
  readonly channelIds: readonly string[];
}

export interface TemplateList {
  readonly templates: readonly Template[];
  /** Entries that could not be read. */
  readonly unreadable: number;
  /** False: there are more than {@link MAX_PAGES} pages. */
  readonly complete: boolean;
}

const PAGE = 100;
/** WhatsApp allows 250 templates an account, or 6,000 by request; more than this is a vendor's mistake (G10). */
const MAX_PAGES = 60;

const lenient = <S extends Schema.Top>(schema: S) => Schema.optionalKey(Schema.NullishOr(schema));
const Component = Schema.Struct({ type: lenient(Schema.String), text: lenient(Schema.String) });
const ChannelRef = Schema.Union([Schema.String, Schema.Struct({ channelId: Schema.String })]);
const Entry = Schema.Struct({
  templateGuid: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(200)),
  status: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(64)),
  name: lenient(Schema.String),
  title: lenient(Schema.String),
  language: lenient(Schema.String),
  components: lenient(Schema.Array(Component)),
  channels: lenient(Schema.Array(ChannelRef)),
});

type Call = (request: VendorRequest) => Effect.Effect<VendorResponse, WazzupError>;

/** All templates of the account. */
export const readTemplates = Effect.fnUntraced(function* (call: Call) {
  const templates: Template[] = [];
  let unreadable = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { limit: PAGE, offset: page * PAGE };
    const response = yield* call({ method: 'GET', path: '/templates/whatsapp', query });
    const entries = yield* entriesOf(response);
    for (const entry of entries) {
      const decoded = Schema.decodeUnknownResult(Entry)(entry);
      if (Result.isSuccess(decoded)) templates.push(templateOf(decoded.success));
      else unreadable += 1;
    }
    if (entries.length < PAGE) return { templates, unreadable, complete: true } satisfies TemplateList;
  }
  return { templates, unreadable, complete: false } satisfies TemplateList;
});

const entriesOf = (response: VendorResponse): Effect.Effect<readonly unknown[], WazzupError> => {
  if (!isOk(response)) return failureOf(response);
  const body = response.json();
  return Array.isArray(body) ? Effect.succeed(body) : Effect.fail(strange(response));
};

const ORDER: readonly string[] = ['header', 'body', 'footer'];
const place = (type: string | null | undefined): number => ORDER.indexOf(type?.toLowerCase() ?? '');

const templateOf = (entry: typeof Entry.Type): Template => ({
  id: entry.templateGuid,
  name: entry.name ?? null,
  title: entry.title ?? null,
  language: entry.language ?? null,
  status: entry.status.toLowerCase(),
  parts: (entry.components ?? [])
    .filter((component) => place(component.type) >= 0 && component.text)
    .sort((a, b) => place(a.type) - place(b.type))
    .map((component) => component.text ?? ''),
  channelIds: (entry.channels ?? []).map((channel) =>
    typeof channel === 'string' ? channel : channel.channelId,
  ),
});

const BLANK = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** The blanks of one part: each counts once, numbers in their order; WhatsApp numbers each part from 1. */
const blanksOf = (part: string): readonly string[] =>
  [...new Set([...part.matchAll(BLANK)].map((match) => match[1] ?? ''))].sort(
    (a, b) => Number(a) - Number(b) || 0,
  );

/** How many values the template wants. */
export const countBlanks = (parts: readonly string[]): number =>
  parts.reduce((sum, part) => sum + blanksOf(part).length, 0);

/** What the customer will read. A missing value leaves its blank empty. */
export const fillTemplate = (parts: readonly string[], values: readonly string[]): string => {
  let used = 0;
  const filled = parts.map((part) => {
    const blanks = blanksOf(part);
    const own = values.slice(used, used + blanks.length);
    used += blanks.length;
    return part.replace(BLANK, (_, blank: string) => own[blanks.indexOf(blank)] ?? '');
  });
  return filled.join('\n\n');
};
