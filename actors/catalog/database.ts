/** Postgres as effects: queries and transactions of the catalog and the knowledge base. */
import { Effect, Schema } from 'effect';
import type pg from 'pg';

/** A statement failed. Lost connections, dead-locks and a full pool pass by themselves; the rest is ours to mend. */
export class DatabaseError extends Schema.TaggedError<DatabaseError>()('DatabaseError', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

export interface Database {
  readonly query: <Row extends object>(
    sql: string,
    values?: readonly unknown[],
  ) => Effect.Effect<readonly Row[], DatabaseError>;
}

export interface Transactions extends Database {
  /** Commits when `body` succeeds, rolls back when it fails or is interrupted. */
  readonly transaction: <A, E>(
    body: (tx: Database) => Effect.Effect<A, E>,
  ) => Effect.Effect<A, E | DatabaseError>;
}

/** Classes of SQLSTATE that say "our statement or data is wrong", not "try again". */
const FINAL = /^(?:22|23|42|0A)/;

const toError = (cause: unknown): DatabaseError => {
  const code = cause instanceof Error ? (cause as Error & { code?: string }).code : undefined;
  // The driver's text may quote values: only the code is told.
  const reason = code ?? (cause instanceof Error ? cause.name : 'unknown');
  return new DatabaseError({
    message: `The database refused a catalog or knowledge statement (${reason}); check its connection and the migrations`,
    retryable: !(code !== undefined && FINAL.test(code)),
  });
};

const onClient = (client: pg.Pool | pg.PoolClient): Database => ({
  query: <Row extends object>(sql: string, values: readonly unknown[] = []) =>
    Effect.tryPromise({
      try: async () => (await client.query<Row>(sql, [...values])).rows,
      catch: toError,
    }),
});

/** Queries on the pool. */
export const makeDatabase = (pool: pg.Pool): Transactions => ({
  ...onClient(pool),
  transaction: (body) =>
    Effect.acquireUseRelease(
      Effect.tryPromise({ try: () => pool.connect(), catch: toError }),
      (client) => {
        const tx = onClient(client);
        return tx.query('begin').pipe(
          Effect.andThen(body(tx)),
          Effect.tap(() => tx.query('commit')),
        );
      },
      (client, exit) =>
        exit._tag === 'Success'
          ? Effect.sync(() => client.release())
          : Effect.promise(() =>
              client.query('rollback').then(
                () => client.release(),
                () => client.release(true), // a connection that cannot roll back is thrown away
              ),
            ),
    ),
});

/** Text as Postgres can store it: no NUL, no half of a surrogate pair (a cut emoji). */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();
