/** The one door to table `quotation_file`: which revision was printed, and with which facts. */
import { createHash } from 'node:crypto';
import { Context, Effect, Layer } from 'effect';
import type pg from 'pg';
import type { RenderQuoteInput } from '../../machines/quotation/render.ts';
import { type DatabaseError, makeDatabase } from '../catalog/database.ts';
import type { KeptFile } from '../media/media-files.ts';

export interface PrintedQuote extends KeptFile {
  readonly name: string;
  readonly factsHash: string;
  /** Decimal text. */
  readonly grandTotal: string;
  /** `2026-12-07`. */
  readonly validUntil: string;
}

type Key = Pick<RenderQuoteInput, 'conversationId' | 'number' | 'revision'>;

export class PrintedQuotes extends Context.Service<
  PrintedQuotes,
  {
    readonly find: (key: Key) => Effect.Effect<PrintedQuote | null, DatabaseError>;
    /** Notes a printed revision; false when it was printed before with other facts, and then nothing changes. */
    readonly keep: (key: Key, printed: PrintedQuote, at: number) => Effect.Effect<boolean, DatabaseError>;
    /** Paths of all papers of a conversation, for erasing a person. */
    readonly pathsOf: (conversationId: string) => Effect.Effect<readonly string[], DatabaseError>;
  }
>()('treejar/actors/PrintedQuotes') {
  static readonly layer = (pool: pg.Pool): Layer.Layer<PrintedQuotes> =>
    Layer.sync(PrintedQuotes, () => makeTable(pool));
}

const FIND_SQL = `select path, name, sha256, bytes, facts_hash as "factsHash", grand_total::text as "grandTotal",
    to_char(valid_until, 'YYYY-MM-DD') as "validUntil"
  from quotation_file where conversation_id = $1 and number = $2 and revision = $3`;

/** The same facts may be printed again (a lost disk, a new template); others never take the revision's place. */
const KEEP_SQL = `insert into quotation_file (conversation_id, number, revision, path, name, sha256, bytes, facts_hash,
    grand_total, valid_until, printed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11 / 1000.0))
  on conflict (conversation_id, number, revision) do update
    set path = excluded.path, name = excluded.name, sha256 = excluded.sha256, bytes = excluded.bytes,
      printed_at = excluded.printed_at
    where quotation_file.facts_hash = excluded.facts_hash
  returning 1 as kept`;

const makeTable = (pool: pg.Pool): PrintedQuotes['Service'] => {
  const db = makeDatabase(pool);
  const values = ({ conversationId, number, revision }: Key) => [conversationId, number, revision];
  return {
    find: (key) => Effect.map(db.query<PrintedQuote>(FIND_SQL, values(key)), ([row]) => row ?? null),
    keep: (key, printed, at) =>
      Effect.map(
        db.query<{ kept: number }>(KEEP_SQL, [
          ...values(key),
          printed.path,
          printed.name,
          printed.sha256,
          printed.bytes,
          printed.factsHash,
          printed.grandTotal,
          printed.validUntil,
          at,
        ]),
        (rows) => rows.length === 1,
      ),
    pathsOf: (conversationId) =>
      Effect.map(
        db.query<{ path: string }>('select path from quotation_file where conversation_id = $1', [
          conversationId,
        ]),
        (rows) => rows.map(({ path }) => path),
      ),
  };
};

/** What makes one revision itself: the order's facts, in a fixed order. */
export const factsHash = (input: RenderQuoteInput): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        input.language,
        input.at,
        input.customer.name,
        input.customer.company,
        input.customer.email,
        input.customer.phone,
        input.customer.address,
        input.lines.map(({ sku, quantity, listPrice, zone }) => [sku, quantity, listPrice, zone ?? null]),
        input.currency,
        input.vatPercent,
        input.deliveryCharge,
        input.freeDeliveryFrom ?? null,
        input.discountPercent,
      ]),
    )
    .digest('hex');
