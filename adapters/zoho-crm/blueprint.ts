/** Moves a deal whose stage a Blueprint owns: a plain write is refused, a transition must be run (wire/03 §5). */
import { Effect, Predicate, Schema } from 'effect';
import { parseExactJson } from '../zoho-oauth/exact-json.ts';
import { readBody } from './answer.ts';
import type { CrmCall } from './crm-calls.ts';
import { CrmMalformed, CrmNoTransition } from './errors.ts';

/** What CRM answers to a plain write of a stage that a Blueprint owns. */
export const OWNED_BY_BLUEPRINT = 'RECORD_IN_BLUEPRINT';

const Transition = Schema.Struct({
  id: Schema.NonEmptyString,
  next_field_value: Schema.optionalKey(Schema.NullishOr(Schema.String)),
  criteria_matched: Schema.optionalKey(Schema.NullishOr(Schema.Boolean)),
  fields: Schema.optionalKey(
    Schema.NullishOr(
      Schema.Array(Schema.Struct({ api_name: Schema.optionalKey(Schema.NullishOr(Schema.String)) })),
    ),
  ),
});
const Blueprint = Schema.Struct({
  process_info: Schema.optionalKey(
    Schema.NullishOr(Schema.Struct({ field_value: Schema.optionalKey(Schema.NullishOr(Schema.String)) })),
  ),
  transitions: Schema.Array(Transition),
});
type Blueprint = typeof Blueprint.Type;

const decode = Schema.decodeUnknownEffect(Blueprint);

/** Runs the transition that leads to `stage`; does nothing when the deal is there. `known` fills what it asks for. */
export const makeBlueprint = (call: CrmCall) => {
  const read = Effect.fn('ZohoCrm.blueprint')(function* (dealId: string) {
    const response = yield* call({ method: 'GET', path: `/Deals/${dealId}/actions/blueprint` });
    yield* readBody(response);
    const json = parseExactJson(response.text());
    const found = Predicate.hasProperty(json, 'blueprint') ? json.blueprint : undefined;
    return yield* decode(found).pipe(Effect.mapError(unknownShape));
  });

  return Effect.fn('ZohoCrm.runTransition')(function* (
    dealId: string,
    stage: string,
    known: Readonly<Record<string, unknown>>,
  ) {
    const blueprint = yield* read(dealId);
    if (blueprint.process_info?.field_value === stage) return;
    const transition = blueprint.transitions.find(
      (candidate) => candidate.next_field_value === stage && candidate.criteria_matched !== false,
    );
    if (transition === undefined) return yield* noTransition(blueprint, stage);
    const asked = (transition.fields ?? []).flatMap((field) => {
      const name = field.api_name ?? '';
      return known[name] === undefined ? [] : [[name, known[name]] as const];
    });
    const step = { transition_id: transition.id, data: Object.fromEntries(asked) };
    const path = `/Deals/${dealId}/actions/blueprint`;
    yield* readBody(yield* call({ method: 'PUT', path, json: { blueprint: [step] } }));
  });
};

const noTransition = (blueprint: Blueprint, stage: string): CrmNoTransition => {
  const from = blueprint.process_info?.field_value ?? 'its stage';
  const offered = blueprint.transitions.flatMap((candidate) => candidate.next_field_value ?? []);
  return new CrmNoTransition({
    from,
    to: stage,
    offered,
    message: `CRM's Blueprint has no way from "${from}" to "${stage}" (only to: ${offered.join(', ') || 'nothing'}); move the deal in CRM, or change the Blueprint or the map of stages`,
    retryable: false,
  });
};

const unknownShape = () =>
  new CrmMalformed({
    message: "Zoho CRM sent a Blueprint in an unknown shape; compare it with the adapter's schema",
    retryable: false,
  });
