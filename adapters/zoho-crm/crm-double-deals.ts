/** Deals and notes of the CRM double: unique fields, stages, a Blueprint that owns them, notes (wire/03 §3, §5, §6). */
import type { DoubleHandler, DoubleRequest, DoubleResponse } from '../double/double-server.ts';
import type { CrmRecord, CrmStore, Fields, RowAnswer } from './crm-double-store.ts';
import { duplicate, refusal, success } from './crm-double-store.ts';
import { eachRow, failure, idOf, one, page } from './crm-double-wire.ts';

export interface DoubleTransition {
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** API names that it demands. */
  readonly mandatory: readonly string[];
}

/** The business's pipeline (domain 11.8); any other stage is refused. */
const STAGES = new Set([
  'Qualification',
  'New Lead',
  'New Lead KSA',
  'Negotiations',
  'Offer sent',
  'In work',
  'Order confirmed',
  'Sent to warehouse',
  'Consignment',
  'Collected/delivered',
  'On hold',
  'Closed lost',
]);

export const dealRoutes = (store: CrmStore): Record<string, DoubleHandler> => {
  const { state } = store;
  const all = () => [...state.deals.values()];
  const find = (request: DoubleRequest) => state.deals.get(request.params.id ?? '');
  return {
    'GET /Deals/search': (request) => searchDeals(store, request),
    'POST /Deals/upsert': (request) =>
      eachRow(request, (row, body) => upsertDeal(store, row, body.duplicate_check_fields)),
    'POST /Deals': (request) => eachRow(request, (row) => insertDeal(store, row)),
    'GET /Deals': (request) => listOf(all(), request),
    'GET /Deals/:id': (request) => one(find(request)),
    'PUT /Deals/:id': (request) => eachRow(request, (row) => updateDeal(store, request.params.id ?? '', row)),
    'GET /Contacts/:id/Deals': (request) =>
      listOf(
        all().filter((deal) => idOf(deal.Contact_Name) === request.params.id),
        request,
      ),
    'GET /Deals/:id/actions/blueprint': (request) => showBlueprint(store, find(request)),
    'PUT /Deals/:id/actions/blueprint': (request) => runTransition(store, find(request), request),
  };
};

export const noteRoutes = (store: CrmStore): Record<string, DoubleHandler> => {
  const notesOf: DoubleHandler = (request) =>
    listOf(
      store.state.notes.filter((note) => idOf(note.Parent_Id) === request.params.id),
      request,
    );
  return {
    'POST /Notes': (request) => eachRow(request, (row) => insertNote(store, row)),
    'GET /Deals/:id/Notes': notesOf,
    'GET /Contacts/:id/Notes': notesOf,
  };
};

/** `fields` is mandatory for lists; newest first when asked. */
const listOf = (records: readonly CrmRecord[], request: DoubleRequest): DoubleResponse => {
  if (!request.query.get('fields')) return failure(400, 'REQUIRED_PARAM_MISSING', { param_name: 'fields' });
  const isDescending = request.query.get('sort_order') === 'desc';
  return page(isDescending ? [...records].reverse() : records, request);
};

const CRITERION = /^\((\w+):equals:(.*)\)$/;

const searchDeals = ({ state, isIndexed }: CrmStore, request: DoubleRequest): DoubleResponse => {
  const [, field = '', value = ''] = CRITERION.exec(request.query.get('criteria') ?? '') ?? [];
  const known = ['Deal_Name', 'Stage', state.dealUniqueField];
  if (!known.includes(field))
    return failure(400, 'INVALID_QUERY', {
      reason: 'the field is not available in the module',
      api_name: field,
    });
  const wanted = value.replace(/\\(.)/g, '$1');
  return page(
    [...state.deals.values()].filter((deal) => isIndexed(deal) && deal[field] === wanted),
    request,
  );
};

/** What CRM dislikes about a deal's fields; `null` when nothing. */
const problemOf = ({ state }: CrmStore, fields: Fields): RowAnswer | null => {
  const refused = Object.keys(fields).find((name) => state.refusedDealFields.has(name));
  if (refused !== undefined) return refusal('INVALID_DATA', 'invalid data', { api_name: refused });
  if (fields.Stage !== undefined && !STAGES.has(String(fields.Stage)))
    return refusal('INVALID_DATA', 'invalid data', { api_name: 'Stage', expected_data_type: 'picklist' });
  return null;
};

const insertDeal = (store: CrmStore, fields: Fields): RowAnswer => {
  const { state } = store;
  const missing = ['Deal_Name', 'Stage'].find((name) => !fields[name]);
  if (missing) return refusal('MANDATORY_NOT_FOUND', 'required field not found', { api_name: missing });
  const problem = problemOf(store, fields);
  if (problem) return problem;
  const key = state.dealUniqueField;
  const twin = key !== null && fields[key] ? twinOf(store, key, fields[key]) : undefined;
  if (key !== null && twin) return duplicate(key, twin.id, state.duplicateShape, 'Deals');
  return success('insert', store.add(state.deals, fields).id, null, 'record added', store.stamp());
};

const upsertDeal = (store: CrmStore, fields: Fields, keys: unknown): RowAnswer => {
  const key = Array.isArray(keys) ? String(keys[0]) : '';
  if (key !== store.state.dealUniqueField)
    return refusal('INVALID_DATA', 'the duplicate check field is not unique', { api_name: key });
  const twin = twinOf(store, key, fields[key]);
  if (!twin) return insertDeal(store, fields);
  const answer = updateDeal(store, twin.id, fields);
  return answer.status < 202 ? success('update', twin.id, key, 'record updated', store.stamp()) : answer;
};

const twinOf = ({ state }: CrmStore, key: string, value: unknown): CrmRecord | undefined =>
  [...state.deals.values()].find((deal) => deal[key] === value);

const updateDeal = (store: CrmStore, id: string, fields: Fields): RowAnswer => {
  const before = store.state.deals.get(id);
  if (!before) return refusal('INVALID_DATA', 'the id given seems to be invalid', { api_name: 'id' });
  const problem = problemOf(store, fields);
  if (problem) return problem;
  if (fields.Stage !== undefined && store.state.blueprint !== null)
    return refusal('RECORD_IN_BLUEPRINT', 'record is in blueprint', { api_name: 'Stage' });
  store.state.deals.set(id, { ...before, ...fields, Modified_Time: store.stamp(), id });
  return success('update', id, null, 'record updated', store.stamp());
};

const showBlueprint = ({ state }: CrmStore, deal: CrmRecord | undefined): DoubleResponse => {
  if (state.blueprint === null || deal === undefined) return failure(400, 'RECORD_NOT_IN_PROCESS', {});
  const transitions = state.blueprint
    .filter((transition) => transition.from === deal.Stage)
    .map((transition) => ({
      id: transition.id,
      name: transition.name,
      next_field_value: transition.to,
      criteria_matched: true,
      fields: transition.mandatory.map((api_name) => ({ api_name, mandatory: true })),
      data: {},
    }));
  const process_info = {
    api_name: 'Stage',
    name: 'Sales flow',
    field_value: deal.Stage,
    is_continuous: false,
  };
  return { status: 200, body: { blueprint: { process_info, transitions } } };
};

const runTransition = (
  store: CrmStore,
  deal: CrmRecord | undefined,
  request: DoubleRequest,
): DoubleResponse => {
  const { state } = store;
  if (state.blueprint === null || deal === undefined) return failure(400, 'RECORD_NOT_IN_PROCESS', {});
  const body = request.json() as { blueprint?: { transition_id?: string; data?: Fields }[] };
  const step = body.blueprint?.[0];
  const transition = state.blueprint.find(
    (candidate) => candidate.id === step?.transition_id && candidate.from === deal.Stage,
  );
  if (!transition) return failure(400, 'INVALID_DATA', { message: 'invalid transition' });
  const missing = transition.mandatory.find((name) => step?.data?.[name] === undefined);
  if (missing !== undefined) return failure(400, 'MANDATORY_NOT_FOUND', { api_name: missing });
  state.deals.set(deal.id, { ...deal, ...step?.data, Stage: transition.to, Modified_Time: store.stamp() });
  return {
    status: 200,
    body: { code: 'SUCCESS', details: {}, message: 'transition updated successfully', status: 'success' },
  };
};

const insertNote = (store: CrmStore, fields: Fields): RowAnswer => {
  const parent = idOf(fields.Parent_Id);
  if (parent === null)
    return refusal('MANDATORY_NOT_FOUND', 'required field not found', { api_name: 'Parent_Id' });
  if (!store.state.deals.has(parent) && !store.state.contacts.has(parent))
    return refusal('INVALID_DATA', 'the id given seems to be invalid', { api_name: 'Parent_Id' });
  return success('insert', store.addNote(fields).id, null, 'record added', store.stamp());
};
