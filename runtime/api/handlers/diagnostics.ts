/** Looking into the process; who did it is on record. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import type { Diagnostics } from '../../observability/diagnostics.ts';
import { CurrentPrincipal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt } from '../context.ts';
import { conflict } from '../errors.ts';

const DEFAULT_SECONDS = 5;

export const diagnosticsHandlers = (
  api: TreejarApi,
  ctx: Pick<ApiContext, 'audit'>,
  diagnostics: Diagnostics,
) => {
  const record = Effect.fnUntraced(function* (action: string) {
    const principal = yield* CurrentPrincipal;
    yield* attempt(() => ctx.audit.record(principal, { action, target: 'process' }));
  });
  return HttpApiBuilder.group(api, 'diagnostics', (handlers) =>
    handlers
      .handle(
        'cpuProfile',
        Effect.fnUntraced(function* ({ query }) {
          yield* record('diagnostics.cpuProfile');
          const profile = yield* attempt(() => diagnostics.cpuProfile(query.seconds ?? DEFAULT_SECONDS));
          if (profile !== null) return profile;
          return yield* Effect.fail(conflict('busy', 'A profile is being made; ask again when it is done.'));
        }),
      )
      .handle(
        'heapSnapshot',
        Effect.fnUntraced(function* () {
          yield* record('diagnostics.heapSnapshot');
          return yield* attempt(async () => diagnostics.heapSnapshot());
        }),
      ),
  );
};
