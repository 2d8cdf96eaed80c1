import { describe, expect, it } from 'vitest';
import type { Health } from '../api/types.ts';
import { sortHealth } from './health-parts.ts';

const health: Health = {
  status: 'ok',
  version: '1',
  components: {
    postgres: { status: 'ok', detail: { connections: 4, waiting: 0 } },
    redis: { status: 'degraded', detail: { state: 'down', lastError: null } },
    Wazzup: {
      status: 'ok',
      detail: {
        circuit: 'closed',
        lastSuccessAt: '2026-11-22T08:00:00.000Z',
        lastFailure: null,
        lastFailureAt: null,
        calls: 12,
        failures: 0,
        p95Ms: 180,
      },
    },
    'zoho-crm': {
      status: 'degraded',
      detail: { circuit: 'open', lastFailure: 'Throttled', lastFailureAt: '2026-11-22T08:01:00.000Z' },
    },
  },
};

describe('health for the operations page', () => {
  it('tells vendors from our own parts by their circuit', () => {
    const { vendors, parts } = sortHealth(health);
    expect(vendors.map(({ name }) => name).sort()).toEqual(['Wazzup', 'zoho-crm']);
    expect(parts.map(({ name }) => name).sort()).toEqual(['postgres', 'redis']);
  });

  it('puts what needs somebody first', () => {
    const { vendors, parts } = sortHealth(health);
    expect(vendors[0]).toMatchObject({ name: 'zoho-crm', circuit: 'open', lastFailure: 'Throttled' });
    expect(parts[0]?.name).toBe('redis');
  });

  it('leaves out facts that say nothing, and invents no numbers', () => {
    const { vendors, parts } = sortHealth(health);
    expect(parts[0]?.facts).toEqual([['state', 'down']]);
    expect(vendors[0]).toMatchObject({ lastSuccessAt: null, calls: 0, p95Ms: null });
  });

  it('has nothing to show when the server tells only its status', () => {
    expect(sortHealth({ status: 'degraded' })).toEqual({ vendors: [], parts: [] });
  });
});
