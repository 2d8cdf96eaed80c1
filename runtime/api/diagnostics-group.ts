/** Looking into the process: for an administrator who follows docs/runbook.md. */
import { Schema } from 'effect';
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from 'effect/http-api';
import { Authorization, RequiredRole, WellFormed } from './access.ts';
import { Conflict } from './errors.ts';

/** Longer ones tell nothing more, and cost more. */
const MAX_SECONDS = 60;

export const Diagnostics = HttpApiGroup.make('diagnostics')
  .add(
    HttpApiEndpoint.post('cpuProfile', '/admin/diagnostics/cpu-profile', {
      query: {
        seconds: Schema.optionalKey(
          Schema.NumberFromString.check(Schema.isBetween({ minimum: 0.1, maximum: MAX_SECONDS })),
        ),
      },
      success: Schema.Unknown,
      error: Conflict,
    })
      .annotate(RequiredRole, 'admin')
      .annotate(OpenApi.Description, 'A CPU profile of this replica over the next seconds (default 5).'),
    HttpApiEndpoint.post('heapSnapshot', '/admin/diagnostics/heap-snapshot', {
      success: Schema.Struct({ file: Schema.String, bytes: Schema.Int }),
    })
      .annotate(RequiredRole, 'admin')
      .annotate(
        OpenApi.Description,
        'Writes a heap snapshot below DATA_DIR and answers where. The replica stands still meanwhile. The file may hold personal data and secrets.',
      ),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(OpenApi.Description, 'Where the time and the memory of this replica go.');
