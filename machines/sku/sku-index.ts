/** The catalog's article numbers, prepared once so that each look-up costs a few map reads (10,000 SKUs and more). */
import { foldSku, isNumeric, normaliseSku, skuTokens, tokenKey } from './normalise.ts';

interface Row {
  /** As the catalog writes it. */
  readonly sku: string;
  readonly tokens: readonly string[];
  readonly numbers: readonly string[];
}

/** Read-only once made; rebuild it when the catalog changes. */
export interface SkuIndex {
  readonly rows: readonly Row[];
  readonly byRaw: ReadonlyMap<string, number>;
  /** Folded text with its separators. */
  readonly byFolded: ReadonlyMap<string, readonly number[]>;
  readonly byTokens: ReadonlyMap<string, readonly number[]>;
  readonly byCompact: ReadonlyMap<string, readonly number[]>;
  /** Rows whose tokens begin with these. */
  readonly byPrefix: ReadonlyMap<string, readonly number[]>;
  readonly byToken: ReadonlyMap<string, readonly number[]>;
}

/** Builds the index. SKUs without a letter or digit are left out, repetitions of one spelling are one row. */
export const makeSkuIndex = (skus: Iterable<string>): SkuIndex => {
  const rows: Row[] = [];
  const byRaw = new Map<string, number>();
  const maps = {
    byFolded: new Map<string, number[]>(),
    byTokens: new Map<string, number[]>(),
    byCompact: new Map<string, number[]>(),
    byPrefix: new Map<string, number[]>(),
    byToken: new Map<string, number[]>(),
  };
  for (const sku of skus) {
    const tokens = skuTokens(sku);
    if (tokens.length === 0 || byRaw.has(sku)) continue;
    const row = rows.push({ sku, tokens, numbers: tokens.filter(isNumeric) }) - 1;
    byRaw.set(sku, row);
    push(maps.byFolded, foldedText(sku), row);
    push(maps.byTokens, tokenKey(tokens), row);
    push(maps.byCompact, normaliseSku(sku), row);
    for (let length = 1; length <= tokens.length; length++)
      push(maps.byPrefix, tokenKey(tokens.slice(0, length)), row);
    for (const token of new Set(tokens)) push(maps.byToken, token, row);
  }
  return { rows, byRaw, ...maps };
};

/** Folded, with spaces collapsed: tells `CH-616` from `CH 616` when the catalog has both. */
export const foldedText = (text: string): string => foldSku(text).trim().replace(/\s+/g, ' ');

const push = (map: Map<string, number[]>, key: string, row: number): void => {
  const list = map.get(key);
  if (list) list.push(row);
  else map.set(key, [row]);
};
