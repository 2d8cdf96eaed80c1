/** Statecharts for the admin: where states stand, and what happens in them (contract 3.2, design 7). */
import { Schema } from 'effect';
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from 'effect/http-api';
import { Authorization, WellFormed } from './access.ts';
import { EffectsView } from './effects-schemas.ts';
import { NotFound } from './errors.ts';
import { MachineHeatView } from './heat-schemas.ts';
import * as In from './requests.ts';
import { ConversationSummary, listOf } from './schemas.ts';
import { MachineLayoutView } from './statechart-schemas.ts';

/** Longer than any tag of ours; another one is no match anyway. */
const MAX_TAG_CHARS = 500;
const ConditionalHeaders = {
  'if-none-match': Schema.optionalKey(Schema.String.check(Schema.isMaxLength(MAX_TAG_CHARS))),
};

export const Charts = HttpApiGroup.make('charts')
  .add(
    HttpApiEndpoint.get('layout', '/machines/:id/layout', {
      params: In.IdParams,
      headers: ConditionalHeaders,
      success: MachineLayoutView,
      error: NotFound,
    }).annotate(
      OpenApi.Description,
      'Where the states and arrows of the machine stand. It has an ETag and changes only with the machine.',
    ),
  )
  .add(
    HttpApiEndpoint.get('config', '/machines/:id/config', {
      params: In.IdParams,
      success: Schema.Record(Schema.String, Schema.Unknown),
      error: NotFound,
    }).annotate(
      OpenApi.Description,
      'The machine as JSON that Stately’s editor loads: states, transitions and names, without the code behind them.',
    ),
  )
  .add(
    HttpApiEndpoint.get('heat', '/machines/:id/heat', {
      params: In.IdParams,
      query: In.HeatQuery,
      success: MachineHeatView,
      error: NotFound,
    }).annotate(
      OpenApi.Description,
      'Of each state: who is there now, how long stays last, how many ended in silence; of each transition: how often.',
    ),
  )
  .add(
    HttpApiEndpoint.get('behind', '/machines/:id/conversations', {
      params: In.IdParams,
      query: In.BehindQuery,
      success: listOf(ConversationSummary),
      error: NotFound,
    }).annotate(
      OpenApi.Description,
      'Who took one of the transitions (ids of the heat, comma-separated), the newest first; at most `limit`, no cursor.',
    ),
  )
  .add(
    HttpApiEndpoint.get('effects', '/conversations/:id/effects', {
      params: In.ConversationParams,
      query: In.EffectsQuery,
      success: EffectsView,
    }).annotate(
      OpenApi.Description,
      'Commands that the journal rows `from` to `to` started or took the result of, and the model calls behind them.',
    ),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(OpenApi.Description, 'Statecharts: their layout, and what happens in them.');
