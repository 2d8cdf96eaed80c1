import { expect, it } from 'vitest';
import type { StoredChannel } from './channel-store.ts';
import { makeWindowless } from './windowless.ts';

const channel = (channelId: string, transport: string | null): StoredChannel => ({
  channelId,
  transport,
  phone: null,
  name: null,
  state: 'active',
  since: 0,
  checkedAt: 0,
  toldState: null,
});

it('only personal channels have no window; what is not known is looked for again, what is known is kept', async () => {
  let channels = [channel('waba', 'WAPI'), channel('new', null)];
  let reads = 0;
  let now = 0;
  const store = {
    read: async () => {
      reads++;
      return channels;
    },
  };
  const windowless = makeWindowless(store, ['waba', 'new'], { now: () => now });
  expect([...(await windowless())]).toEqual([['waba', false]]);
  await windowless();
  expect(reads).toBe(1);
  channels = [channel('waba', 'wapi'), channel('new', 'whatsapp')];
  now = 1000;
  expect((await windowless()).get('new')).toBe(true);
  now += 59_000;
  await windowless();
  expect(reads).toBe(2);
});
