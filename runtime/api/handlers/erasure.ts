/** Erasing a person: on record with who asked for it, and not with whom it was about. */
import { Effect } from 'effect';
import { HttpApiBuilder } from 'effect/http-api';
import { CurrentPrincipal } from '../access.ts';
import type { TreejarApi } from '../api.ts';
import { type ApiContext, attempt } from '../context.ts';
import type { ErasureApi } from '../deps.ts';
import { notFound } from '../errors.ts';

export const erasureHandlers = (api: TreejarApi, ctx: Pick<ApiContext, 'audit'>, erasure: ErasureApi) =>
  HttpApiBuilder.group(api, 'erasure', (handlers) =>
    handlers.handle(
      'erase',
      Effect.fnUntraced(function* ({ params }) {
        const principal = yield* CurrentPrincipal;
        const erased = yield* attempt(() => erasure.erase(params.id));
        if (erased === null) return yield* Effect.fail(notFound('such conversation'));
        const { reference, ...counts } = erased;
        yield* attempt(() =>
          ctx.audit.record(principal, { action: 'person.erase', target: reference, after: counts }),
        );
        return erased;
      }),
    ),
  );
