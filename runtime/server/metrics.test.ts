import { describe, expect, it } from 'vitest';
import { makeMetrics } from './metrics.ts';

describe('metrics', () => {
  it('renders counters, gauges and cumulative histograms in the text format', () => {
    const metrics = makeMetrics();
    metrics.count('treejar_webhook_total', { outcome: 'accepted' });
    metrics.count('treejar_webhook_total', { outcome: 'accepted' }, 2);
    metrics.gauge('treejar_parked', 7);
    metrics.observe('treejar_webhook_seconds', 0.003);
    metrics.observe('treejar_webhook_seconds', 60);
    const text = metrics.render();
    expect(text).toContain(
      '# TYPE treejar_webhook_total counter\ntreejar_webhook_total{outcome="accepted"} 3\n',
    );
    expect(text).toContain('treejar_parked 7');
    expect(text).toContain('treejar_webhook_seconds_bucket{le="0.0025"} 0');
    expect(text).toContain('treejar_webhook_seconds_bucket{le="0.005"} 1');
    expect(text).toContain('treejar_webhook_seconds_bucket{le="+Inf"} 2');
    expect(text).toContain('treejar_webhook_seconds_count 2');
    // Nobody has touched it, and rules may name it.
    expect(text).toContain('# TYPE treejar_backup_age_seconds gauge');
    expect(text.endsWith('\n')).toBe(true);
  });

  it('forgets what is over, and has room for what comes', () => {
    const metrics = makeMetrics();
    for (let day = 0; day < 3000; day += 1) {
      metrics.forget('treejar_model_cost_today_usd');
      metrics.gauge('treejar_model_cost_today_usd', day, { job: `j${day}` });
    }
    const lines = metrics.render().split('\n');
    expect(lines.filter((line) => line.startsWith('treejar_model_cost_today_usd'))).toEqual([
      'treejar_model_cost_today_usd{job="j2999"} 2999',
    ]);
  });

  it('stays bounded when a label is not from a closed set', () => {
    const metrics = makeMetrics();
    for (let n = 0; n < 5000; n += 1) metrics.count('treejar_webhook_total', { outcome: `o${n}` });
    expect(metrics.render().split('\n').length).toBeLessThan(2100);
  });
});
