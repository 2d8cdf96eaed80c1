/** What the Inventory double's customers and orders share: reading a body, and the envelope of an answer (wire/04 §1). */
import type { DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import { parseExactJson, toMoney } from '../zoho-oauth/exact-json.ts';

export type Wire = Readonly<Record<string, unknown>>;

const PAGE_MAX = 200;

export const listAnswer = (
  key: string,
  found: readonly unknown[],
  query: URLSearchParams,
): DoubleResponse => {
  const page = Math.max(1, Number(query.get('page') ?? 1));
  const perPage = Math.min(PAGE_MAX, Math.max(1, Number(query.get('per_page') ?? PAGE_MAX)));
  const rows = found.slice((page - 1) * perPage, page * perPage);
  const page_context = { page, per_page: perPage, has_more_page: found.length > page * perPage };
  return success(200, 'success', { [key]: rows, page_context });
};

export const bodyOf = (request: DoubleRequest): Wire => {
  const json = parseExactJson(request.body.toString('utf8'));
  return typeof json === 'object' && json !== null ? (json as Wire) : {};
};

export const textOf = (row: Wire, key: string): string => (typeof row[key] === 'string' ? row[key] : '');

export const rowsOf = (row: Wire, key: string): readonly Wire[] =>
  Array.isArray(row[key]) ? (row[key] as readonly Wire[]) : [];

export const minor = (value: unknown): bigint =>
  BigInt((toMoney(typeof value === 'string' ? value : '0') ?? '0.00').replace('.', ''));

export const success = (status: number, message: string, body: Wire): DoubleResponse => ({
  status,
  body: { code: 0, message, ...body },
});

export const failure = (status: number, code: number, message: string): DoubleResponse => ({
  status,
  body: { code, message },
});

export const absent = failure(404, 1002, 'Resource does not exist.');
