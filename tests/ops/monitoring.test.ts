/** What watches the shop: every number that a rule or a dashboard names exists, and every alert has its page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../runtime/observability/metric-families.ts';
import { vendorMetrics } from '../../runtime/vendor-health.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

const known = (): ReadonlyMap<string, string> => {
  const vendors = [...vendorMetrics().matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(
    ([, name = '', type = '']) => [name, type] as const,
  );
  return new Map([...Object.entries(FAMILIES).map(([name, { type }]) => [name, type] as const), ...vendors]);
};

/** Names in an expression that the shop does not tell, or that are used as what they are not. */
const wrongNames = (expression: string): readonly string[] =>
  [...expression.matchAll(/\btreejar_\w+/g)].flatMap(([name]) => {
    const histogram = /^(\w+)_(?:bucket|sum|count)$/.exec(name)?.[1];
    if (histogram !== undefined && known().get(histogram) === 'histogram') return [];
    const type = known().get(name);
    if (type === undefined) return [`${name} is no number of ours`];
    if (type === 'histogram') return [`${name} is a histogram: name its buckets`];
    const isRate = new RegExp(`(?:rate|increase)\\(${name}\\b`).test(expression);
    return isRate === (type === 'counter') ? [] : [`${name} is a ${type}`];
  });

const RULES = textOf('ops/monitoring/alerts.yml');
const alerts = [...RULES.matchAll(/- alert: (\w+)\n\s+expr: (['"])(.+)\2\n\s+for: \d+m\n/g)].map(
  ([, name = '', , expression = '']) => ({ name, expression }),
);

describe('alert rules', () => {
  it('are all read by this test', () => {
    expect(alerts.length).toBe(RULES.match(/- alert:/g)?.length);
    expect(alerts.length).toBeGreaterThan(12);
  });

  it.each(alerts)('$name names numbers that exist', ({ expression }) => {
    expect(expression).toMatch(/\bup\{|treejar_/);
    expect(wrongNames(expression)).toEqual([]);
  });

  it('each have a page in the runbook that says what it means and what to do, and no page is left over', () => {
    const pages = new Map(
      textOf('docs/runbook.md')
        .split(/^## /m)
        .slice(1)
        .map((page) => [page.slice(0, page.indexOf('\n')), page] as const),
    );
    expect([...pages.keys()].sort()).toEqual(alerts.map(({ name }) => name).sort());
    for (const [name, page] of pages) expect(page, name).toMatch(/\*\*Means\.\*\*[\s\S]+\*\*Do\.\*\*/);
    for (const { name } of alerts) expect(RULES).toContain(`runbook: docs/runbook.md#${name.toLowerCase()}`);
  });
});

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

const { panels } = JSON.parse(textOf('ops/monitoring/dashboard.json')) as { panels: readonly Panel[] };

describe('the dashboard', () => {
  it.each(panels.map(({ title, targets }) => ({ title, targets })))(
    '$title shows numbers that exist',
    ({ targets }) => {
      expect(targets.length).toBeGreaterThan(0);
      for (const { expr } of targets) {
        expect(expr).toContain('treejar_');
        expect(wrongNames(expr)).toEqual([]);
      }
    },
  );

  it('notices a name that is wrong', () => {
    expect(wrongNames('rate(treejar_webhooks_total[5m])')).toHaveLength(1);
    expect(wrongNames('rate(treejar_parked[5m])')).toHaveLength(1);
    expect(wrongNames('treejar_webhook_total')).toHaveLength(1);
    expect(wrongNames('treejar_commit_seconds > 1')).toHaveLength(1);
  });
});
