/** Outreach: the dry run, and a run by hand. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import type { TreejarApi } from '../api.ts';
import { attempt, attemptPage } from '../context.ts';
import type { OutreachApi } from '../deps.ts';
import { DEFAULT_PAGE } from '../requests.ts';

export const outreachHandlers = (api: TreejarApi, outreach: OutreachApi) =>
  HttpApiBuilder.group(api, 'outreach', (handlers) =>
    handlers
      .handle('due', ({ query }) =>
        attemptPage(() => outreach.due(query.limit ?? DEFAULT_PAGE, query.cursor)),
      )
      .handle('referrals', ({ query }) => attempt(() => outreach.referrals(query.phone)))
      .handle('run', ({ payload }) =>
        attempt(() => outreach.run(payload?.kinds)).pipe(Effect.map((items) => ({ items }))),
      ),
  );
