/** Statecharts for the admin. */
import { Effect } from 'effect';
import { HttpServerResponse } from 'effect/http';
import { HttpApiBuilder } from 'effect/http-api';
import type { TreejarApi } from '../api.ts';
import { attempt } from '../context.ts';
import type { ChartsApi } from '../deps.ts';
import { notFound } from '../errors.ts';
import { DEFAULT_HEAT_DAYS, DEFAULT_PAGE } from '../requests.ts';

/** Kept by the browser, and asked for again each time: the answer is a 304 until the machine changes. */
const REVALIDATE = 'private, no-cache';

export const chartHandlers = (api: TreejarApi, charts: ChartsApi) =>
  HttpApiBuilder.group(api, 'charts', (handlers) =>
    handlers
      .handle('config', ({ params }) =>
        Effect.suspend(() => {
          const found = charts.config(params.id);
          return found ? Effect.succeed(found) : Effect.fail(notFound('such machine'));
        }),
      )
      .handle(
        'heat',
        Effect.fnUntraced(function* ({ params, query }) {
          const found = yield* attempt(() => charts.heat(params.id, query.days ?? DEFAULT_HEAT_DAYS));
          return found ?? (yield* Effect.fail(notFound('such machine')));
        }),
      )
      .handle(
        'behind',
        Effect.fnUntraced(function* ({ params, query }) {
          const ids = query.transitions.split(',').map(Number);
          const found = yield* attempt(() =>
            charts.behind(params.id, ids, query.days ?? DEFAULT_HEAT_DAYS, query.limit ?? DEFAULT_PAGE),
          );
          if (found === null) return yield* Effect.fail(notFound('such machine'));
          return { items: found, next: null };
        }),
      )
      .handle('effects', ({ params, query }) =>
        attempt(() => charts.effects(params.id, query.from, query.to)),
      )
      .handle(
        'layout',
        Effect.fnUntraced(function* ({ params, headers }) {
          const found = yield* attempt(() => charts.layout(params.id));
          if (!found) return yield* Effect.fail(notFound('such machine'));
          const kept = { etag: found.etag, 'cache-control': REVALIDATE };
          const known = headers['if-none-match']
            ?.split(',')
            .some((tag) => tag.trim().replace(/^W\//, '') === found.etag);
          if (known) return HttpServerResponse.empty({ status: 304, headers: kept });
          return HttpServerResponse.jsonUnsafe(found.view, { headers: kept });
        }),
      ),
  );
