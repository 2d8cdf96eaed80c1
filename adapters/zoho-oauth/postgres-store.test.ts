import { Effect, Redacted } from 'effect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { makePostgresTokenStore } from './postgres-store.ts';
import { run, tokenFor } from './test-support.ts';
import { emptyTokenState } from './token-store.ts';
import { startZohoDouble } from './zoho-double.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

describe('the token store in Postgres', () => {
  it('gives back what was written, and nothing for an unknown key', async () => {
    const store = makePostgresTokenStore(db.pool);
    const state = {
      token: { sealed: 'c2VhbGVk', expiresAt: 1_769_932_800_000 },
      refusal: { kind: 'throttled', reason: 'Access Denied', until: 5 },
      askedAt: [1, 2],
    } as const;
    await run(store.write('a', { ...emptyTokenState, askedAt: [1] }));
    await run(store.write('a', state));
    expect(await run(store.read('a'))).toEqual(state);
    expect(await run(store.read('b'))).toBeNull();
  });

  it('treats a state of an unknown shape as absent', async () => {
    await db.pool.query(`insert into zoho_token (key, state) values ('old', '{"access":"x"}')`);
    expect(await run(makePostgresTokenStore(db.pool).read('old'))).toBeNull();
  });

  it('sweeps the rows of credentials that are no longer used', async () => {
    const store = makePostgresTokenStore(db.pool);
    await run(store.write('gone', emptyTokenState));
    await db.pool.query(`update zoho_token set updated_at = now() - interval '31 days' where key = 'gone'`);
    await run(store.write('here', emptyTokenState));
    expect(await run(store.read('gone'))).toBeNull();
    expect(await run(store.read('here'))).toEqual(emptyTokenState);
  });

  it('lets one holder in at a time, and frees the lock after a failure', async () => {
    const store = makePostgresTokenStore(db.pool);
    let inside = 0;
    let most = 0;
    const hold = Effect.gen(function* () {
      most = Math.max(most, ++inside);
      yield* Effect.sleep(30);
      inside -= 1;
      return yield* Effect.fail('refused' as const);
    });
    const results = await run(
      Effect.all(
        [1, 2, 3].map(() => Effect.result(store.lock('k', hold))),
        { concurrency: 'unbounded' },
      ),
    );
    expect(results.every((result) => result._tag === 'Failure')).toBe(true);
    expect(most).toBe(1);
    expect(await run(store.lock('k', Effect.succeed('free')))).toBe('free');
  });

  it('two keys do not wait for each other', async () => {
    const store = makePostgresTokenStore(db.pool);
    const nested = store.lock('x', store.lock('y', Effect.succeed('both')));
    expect(await run(nested)).toBe('both');
  });

  it('makes several replicas share one token', async () => {
    const double = await startZohoDouble();
    try {
      const replicas = [1, 2, 3].map(() =>
        tokenFor(double, 'crm', { store: makePostgresTokenStore(db.pool) }),
      );
      const tokens = await run(
        Effect.all(
          replicas.map((replica) => replica.get),
          { concurrency: 'unbounded' },
        ),
      );
      expect(new Set(tokens.map(Redacted.value)).size).toBe(1);
      expect(double.state.oauth.issued).toBe(1);
      const { rows } = await db.pool.query('select state::text as state from zoho_token');
      const [first] = tokens;
      expect(JSON.stringify(rows)).not.toContain(first ? Redacted.value(first) : '');
    } finally {
      await double.close();
    }
  });

  it('says what is wrong when the database is away, as a retryable error', async () => {
    const double = await startZohoDouble();
    const gone = await testDatabase();
    await gone.drop();
    try {
      const error = await run(
        Effect.flip(tokenFor(double, 'crm', { store: makePostgresTokenStore(gone.pool) }).get),
      );
      expect(error).toMatchObject({ _tag: 'ZohoAuthUnavailable', retryable: true });
    } finally {
      await double.close();
    }
  });
});
