/** The circuit of a client, over real HTTP. */
import { Effect, Result } from 'effect';
import { afterEach, expect, test } from 'vitest';
import { type DoubleServer, startDoubleServer } from '../double/double-server.ts';
import type { BreakerPolicy } from './vendor-breaker.ts';
import { makeVendorClient, type VendorClientOptions } from './vendor-client.ts';
import { makeVendorHealthRegistry } from './vendor-health.ts';

const open: DoubleServer[] = [];
afterEach(async () => {
  for (const double of open.splice(0)) await double.close();
});

const POLICY = { failures: 3, openMs: 60, openMaxMs: 60 };
const start = async (change: Partial<VendorClientOptions> = {}, policy: BreakerPolicy = POLICY) => {
  const double = await startDoubleServer({ routes: { 'GET /thing': () => ({ status: 200, body: {} }) } });
  open.push(double);
  const registry = makeVendorHealthRegistry();
  const client = makeVendorClient({
    vendor: 'Shop',
    baseUrl: double.url,
    timeoutMs: 1000,
    maxConcurrent: 10,
    breaker: { policy, registry },
    ...change,
  });
  const get = () => Effect.runPromise(Effect.result(client.request({ method: 'GET', path: '/thing' })));
  return { double, get, health: () => Effect.runSync(registry.read)[0] };
};

test.each([
  ['5xx', { respond: { status: 503 } }, 'server'],
  ['a dropped connection', { dropBefore: true }, 'unreachable'],
  ['silence', { delayMs: 300 }, 'timeout'],
  ['a body that never ends', { slowBodyMs: 100 }, 'timeout'],
] as const)('after %s three times the vendor is not asked any more', async (_, fault, kind) => {
  const { double, get, health } = await start({ timeoutMs: 100 });
  double.addFault(fault);
  for (let call = 0; call < 3; call++) await get();
  const asked = double.log.length;
  const refused = Result.getOrThrow(Result.flip(await get()));
  expect(refused).toMatchObject({ _tag: 'VendorCircuitOpen', vendor: 'Shop', retryable: true });
  expect(double.log.length).toBe(asked);
  expect(health()).toMatchObject({ circuit: 'open', failures: 3, lastFailure: { class: kind } });
});

test('a vendor that is back is found by the next call after the wait', async () => {
  const { double, get, health } = await start();
  double.addFault({ respond: { status: 500 }, times: 3 });
  for (let call = 0; call < 3; call++) await get();
  expect(Result.isFailure(await get())).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, POLICY.openMs + 20));
  expect(Result.getOrThrow(await get()).status).toBe(200);
  expect(health()).toMatchObject({ circuit: 'closed', failures: 3, calls: 4, refusals: 1 });
  expect(health()?.lastSuccessAt).not.toBeNull();
});

test('a wrong key shows in the health and opens nothing', async () => {
  const { double, get, health } = await start();
  double.addFault({ respond: { status: 401 } });
  for (let call = 0; call < 10; call++) expect(Result.getOrThrow(await get()).status).toBe(401);
  expect(health()).toMatchObject({ circuit: 'closed', lastFailure: { class: 'refused' } });
});

test('calls that waited in the queue while the vendor died are not sent one by one into their time-outs', async () => {
  const { double, get } = await start(
    { timeoutMs: 50, maxConcurrent: 1 },
    { ...POLICY, openMs: 10_000, openMaxMs: 10_000 },
  );
  double.addFault({ delayMs: 500 });
  const before = performance.now();
  const results = await Promise.all(Array.from({ length: 30 }, get));
  const tags = results.map((result) => Result.getOrThrow(Result.flip(result))._tag);
  expect(tags.filter((tag) => tag === 'VendorTimeout').length).toBe(3);
  expect(performance.now() - before).toBeLessThan(30 * 50);
});
