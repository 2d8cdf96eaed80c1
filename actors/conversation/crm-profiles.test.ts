/** One person is looked up once a minute, whoever asks; strangers always anew; the store sees no phone. */
import { Effect, Layer } from 'effect';
import { TestClock } from 'effect/testing';
import { expect, test } from 'vitest';
import { Cache } from '../../adapters/redis/cache.ts';
import { makeMemoryCache } from '../../adapters/redis/memory-cache.ts';
import { ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';
import { CrmProfiles, PROFILE_FRESH_MS } from './crm-profiles.ts';

const PHONE = '971504000001';
const contact = (segment: string) => ({
  id: '554023000001234001',
  name: 'Omar Said',
  firstName: 'Omar',
  lastName: 'Said',
  phone: `+${PHONE}`,
  mobile: null,
  email: null,
  company: null,
  segment,
  segments: [segment],
  leadSource: null,
  createdAt: null,
});

const set = () => {
  const keys: string[] = [];
  const crm = { calls: 0, segment: 'Retail' };
  const memory = makeMemoryCache();
  const spied = {
    ...memory,
    set: (key: string, value: string, ttlMs: number) => {
      keys.push(key);
      return memory.set(key, value, ttlMs);
    },
  };
  const layer = CrmProfiles.layer({ hash: (phone) => `#${phone.length}` }).pipe(
    Layer.provide(
      Layer.mock(ZohoCrm, {
        creditsRemaining: () => null,
        findContactByPhone: (phone) =>
          Effect.sync(() => {
            crm.calls++;
            return phone.endsWith('9') ? null : contact(crm.segment);
          }),
      }),
    ),
    Layer.provide(Layer.succeed(Cache, spied)),
  );
  const run = <A, E>(program: (profiles: CrmProfiles['Service']) => Effect.Effect<A, E>) =>
    Effect.runPromise(
      Effect.flatMap(CrmProfiles, program).pipe(Effect.provide(layer), Effect.provide(TestClock.layer())),
    );
  return { crm, keys, run };
};

test('a known person is asked about once a minute, however the phone is written', async () => {
  const { crm, keys, run } = set();
  await run((profiles) =>
    Effect.gen(function* () {
      expect(yield* profiles.byPhone(PHONE)).toEqual(contact('Retail'));
      crm.segment = 'Wholesale';
      expect((yield* profiles.byPhone(`+${PHONE}`))?.segment).toBe('Retail');
      expect(crm.calls).toBe(1);
      yield* TestClock.adjust(PROFILE_FRESH_MS);
      expect((yield* profiles.byPhone(PHONE))?.segment).toBe('Wholesale');
    }),
  );
  expect(keys.join()).not.toContain(PHONE);
});

test('after a write of ours CRM is asked again', async () => {
  const { crm, run } = set();
  await run((profiles) =>
    Effect.gen(function* () {
      yield* profiles.byPhone(PHONE);
      crm.segment = 'Wholesale';
      yield* profiles.forget(PHONE);
      expect((yield* profiles.byPhone(PHONE))?.segment).toBe('Wholesale');
    }),
  );
});

test('who is unknown is always asked about anew: somebody may just have entered them', async () => {
  const { crm, run } = set();
  await run((profiles) =>
    Effect.gen(function* () {
      expect(yield* profiles.byPhone('971504000009')).toBeNull();
      expect(yield* profiles.byPhone('971504000009')).toBeNull();
    }),
  );
  expect(crm.calls).toBe(2);
});
