/** The routes of reviews (contract 3.2; domain 6, 7). */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from 'effect/http-api';
import { Authorization, RequiredRole, WellFormed } from './access.ts';
import { Conflict, NotFound } from './errors.ts';
import * as Q from './quality-schemas.ts';
import { IdParams } from './requests.ts';
import { listOf } from './schemas.ts';

export const Quality = HttpApiGroup.make('quality')
  .add(
    HttpApiEndpoint.get('reviews', '/quality/reviews', {
      query: Q.ReviewsQuery,
      success: listOf(Q.ReviewView),
    }),
    HttpApiEndpoint.get('review', '/quality/reviews/:id', {
      params: IdParams,
      success: Q.ReviewDetailView,
      error: NotFound,
    }),
    HttpApiEndpoint.post('ask', '/quality/reviews', {
      payload: Q.ReviewBody,
      success: Q.ReviewView.pipe(HttpApiSchema.status(202)),
      error: [NotFound, Conflict],
    })
      .annotate(RequiredRole, 'manager')
      .annotate(
        OpenApi.Description,
        'Asks for the review of a conversation as it is now. An activity that was reviewed is not paid again: its review is answered.',
      ),
    HttpApiEndpoint.get('preview', '/quality/preview', {
      query: Q.PreviewQuery,
      success: Q.ReviewPreviewView,
      error: [NotFound, Conflict],
    }).annotate(OpenApi.Description, 'What a run by hand would ask and cost; asks nobody.'),
    HttpApiEndpoint.post('run', '/quality/runs', {
      payload: Q.ReviewRunBody,
      success: Q.ReviewRunView.pipe(HttpApiSchema.status(202)),
      error: Conflict,
    })
      .annotate(RequiredRole, 'manager')
      .annotate(OpenApi.Description, 'Asks for all that is due, as the calendar would.'),
    HttpApiEndpoint.get('budget', '/quality/budget', { success: listOf(Q.ReviewBudgetView) }).annotate(
      OpenApi.Description,
      'What each kind of review has spent and asked in the business day, of what it may, and since when it waits.',
    ),
    HttpApiEndpoint.get('managers', '/quality/managers', {
      query: Q.ManagersQuery,
      success: listOf(Q.ManagerDigestView),
    }),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(
    OpenApi.Description,
    'Reviews of the assistant’s dialogues, of managers’ work after hand-overs, and of red flags.',
  );
