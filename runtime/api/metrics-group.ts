/** Numbers of the shop and the reports made of them (contract 3.2, domain 22 and 23). */
import { Schema } from 'effect';
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from 'effect/http-api';
import { Authorization, RequiredRole, WellFormed } from './access.ts';
import { NotFound } from './errors.ts';
import { MetricsQuery, MetricsView } from './metrics-schemas.ts';
import { ReportBody, ReportHeadView, ReportParams, ReportQuery, ReportView } from './report-schemas.ts';
import * as In from './requests.ts';
import * as Out from './schemas.ts';

export const Metrics = HttpApiGroup.make('metrics')
  .add(HttpApiEndpoint.get('metrics', '/admin/metrics', { query: MetricsQuery, success: MetricsView }))
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(
    OpenApi.Description,
    'Numbers of the shop with their definitions, by business day; `?drill=<id>` lists the conversations behind one.',
  );

export const Reports = HttpApiGroup.make('reports')
  .add(
    HttpApiEndpoint.get('list', '/quality/reports', {
      query: In.PageQuery,
      success: Out.listOf(ReportHeadView),
    }),
    HttpApiEndpoint.post('make', '/quality/reports', {
      payload: [ReportBody, Schema.Null],
      success: ReportView.pipe(HttpApiSchema.status(201)),
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.get('read', '/quality/reports/:file', {
      params: ReportParams,
      query: ReportQuery,
      success: ReportView,
      error: NotFound,
    }),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(
    OpenApi.Description,
    'Reports with their numbers as they were; `<id>.pdf?lang=en|ar|ru` and `<id>.csv` answer files.',
  );
