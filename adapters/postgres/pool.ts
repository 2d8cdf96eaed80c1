/** The only way the product opens connections to PostgreSQL. */
import pg from 'pg';

const INT8_OID = 20;

/**
 * Counts and versions arrive as numbers. Beyond 2^53 a number would be wrong without a word, so such a value keeps
 * the driver's exact form, a string.
 */
export const parseInt8 = (text: string): number | string => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
};

export interface PoolOptions {
  /** Connections at most; the sum over all pools and replicas must stay below the server's `max_connections`. */
  readonly max: number;
  /** Shown in pg_stat_activity; begins with `treejar`. */
  readonly applicationName: string;
  /** Told of connections that broke while idle. The pool has replaced them already. */
  readonly onIdleError?: (error: Error) => void;
  /** Waiting for a free connection longer than this fails, ms (default 10000): backpressure, not an endless queue. */
  readonly acquireTimeoutMs?: number;
}

/** Opens a pool on a `postgres://` URL. Connections are made on demand; `pool.end()` closes it. */
export const makePool = (url: string, options: PoolOptions): pg.Pool => {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8_OID, parseInt8);
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.acquireTimeoutMs ?? 10_000,
    keepAlive: true,
    types,
  });
  // Without a listener an idle connection that the server closes would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  return pool;
};
