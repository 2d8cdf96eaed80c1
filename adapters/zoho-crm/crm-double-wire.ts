/** What the routes of the CRM double share: rows in, records and errors out (wire/03 §2, §4). */
import type { DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import type { CrmRecord, Fields, RowAnswer } from './crm-double-store.ts';

const ROWS_MAX = 100;

export const eachRow = (
  request: DoubleRequest,
  handle: (row: Fields, body: { duplicate_check_fields?: unknown }) => RowAnswer,
): DoubleResponse => {
  const body = bodyOf(request);
  if (body === null) return failure(400, 'INVALID_DATA', { expected_data_type: 'jsonobject' });
  if (body.data.length === 0 || body.data.length > ROWS_MAX)
    return failure(400, 'LIMIT_EXCEEDED', { limit: ROWS_MAX });
  const answers = body.data.map((row) => handle(row, body));
  return {
    status: Math.max(...answers.map((answer) => answer.status)),
    body: { data: answers.map((answer) => answer.row) },
  };
};

const bodyOf = (request: DoubleRequest): { data: Fields[]; duplicate_check_fields?: unknown } | null => {
  try {
    const body = request.json() as { data?: unknown } | null;
    return Array.isArray(body?.data) ? (body as { data: Fields[] }) : null;
  } catch {
    return null;
  }
};

export const one = (record: CrmRecord | undefined): DoubleResponse =>
  record ? { status: 200, body: { data: [record] } } : { status: 204 };

/** An empty result is 204 without a body (wire/03 §2). */
export const page = (records: readonly CrmRecord[], request: DoubleRequest): DoubleResponse => {
  const perPage = Math.min(Number(request.query.get('per_page') ?? 200), 200);
  const number = Number(request.query.get('page') ?? 1);
  const data = records.slice((number - 1) * perPage, number * perPage);
  if (data.length === 0) return { status: 204 };
  const more_records = records.length > number * perPage;
  return {
    status: 200,
    body: { data, info: { per_page: perPage, count: data.length, page: number, more_records } },
  };
};

export const idOf = (lookup: unknown): string | null =>
  typeof lookup === 'object' && lookup !== null && 'id' in lookup ? String(lookup.id) : null;

export const failure = (status: number, code: string, details: Fields): DoubleResponse => ({
  status,
  body: { code, details, message: code.toLowerCase().replaceAll('_', ' '), status: 'error' },
});
