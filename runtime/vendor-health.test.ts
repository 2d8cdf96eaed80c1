import { expect, it } from 'vitest';
import { breakerFor } from '../adapters/http/vendor-breaker.ts';
import { vendorParts } from './vendor-health.ts';

it('shows what an adapter knows of its vendor beside how the calls went', async () => {
  breakerFor('zoho-crm');
  breakerFor('wazzup');
  const parts = vendorParts({ 'zoho-crm': () => ({ creditsRemaining: 1200 }) });
  const shown = new Map(
    await Promise.all(parts.map(async ({ name, check }) => [name, await check()] as const)),
  );
  expect(shown.get('zoho-crm')).toMatchObject({
    status: 'ok',
    detail: { circuit: 'closed', calls: 0, creditsRemaining: 1200 },
  });
  expect(shown.get('wazzup')?.detail).not.toHaveProperty('creditsRemaining');
});
