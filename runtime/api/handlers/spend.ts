/** What models were asked and what it cost. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import type { TreejarApi } from '../api.ts';
import { attempt, attemptPage } from '../context.ts';
import type { SpendApi } from '../deps.ts';
import { notFound, unprocessable } from '../errors.ts';
import { DEFAULT_PAGE, DEFAULT_SPEND_DAYS, MAX_SPEND_DAYS } from '../requests.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Ms of midnight UTC; days are only counted with it. `null`: the calendar has no such day. */
const msOf = (day: string): number | null => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(ms) && dayOf(ms) === day ? ms : null;
};
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const rangeOf = (today: string, query: { readonly from?: string; readonly to?: string }) => {
  const issue = (path: string, message: string) => Effect.fail(unprocessable([{ path, message }]));
  const to = msOf(query.to ?? today);
  if (to === null) return issue('to', 'is no day of the calendar');
  const from = query.from === undefined ? to - (DEFAULT_SPEND_DAYS - 1) * DAY_MS : msOf(query.from);
  if (from === null) return issue('from', 'is no day of the calendar');
  if (from > to) return issue('from', 'is after `to`');
  if ((to - from) / DAY_MS >= MAX_SPEND_DAYS) {
    return issue('from', `is too early: ask for ${MAX_SPEND_DAYS} days at most`);
  }
  return Effect.succeed({ from: dayOf(from), to: dayOf(to) });
};

export const spendHandlers = (api: TreejarApi, spend: SpendApi) =>
  HttpApiBuilder.group(api, 'spend', (handlers) =>
    handlers
      .handle('modelCalls', ({ params, query }) =>
        attemptPage(() => spend.calls(params.id, query.limit ?? DEFAULT_PAGE, query.cursor)).pipe(
          Effect.flatMap((page) =>
            page ? Effect.succeed(page) : Effect.fail(notFound('such conversation')),
          ),
        ),
      )
      .handle(
        'spend',
        Effect.fnUntraced(function* ({ query }) {
          const { from, to } = yield* rangeOf(spend.today(), query);
          const { items, totalUsd } = yield* attempt(() => spend.spend(from, to));
          return { from, to, items, totalUsd };
        }),
      ),
  );
