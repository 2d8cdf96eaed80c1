/** What administrators look after, as the API asks for it: prompts, users, queues. */
import { randomUUID } from 'node:crypto';
import { Context, Effect, type Redacted } from 'effect';
import type { Pool } from 'pg';
import type { PgBoss } from 'pg-boss';
import { Prompts } from '../actors/prompts/prompts.ts';
import type { ApiServices } from './api/deps.ts';
import { makeUsers } from './auth/users.ts';
import type { Clock, EngineApi } from './engine/types.ts';
import { makePromptStore } from './prompts/prompt-store.ts';
import { makePromptTrial, type TrialServices } from './prompts/prompt-trial.ts';
import { makeQueueViews } from './queues/queue-views.ts';
import { makeJobRunner } from './queues/run-job.ts';

export interface HouseOptions {
  readonly pool: Pool;
  readonly engine: Pick<EngineApi, 'journal' | 'snapshotAt'>;
  readonly services: Context.Context<Prompts | TrialServices>;
  readonly clock: Clock;
  readonly sessionSecret: Redacted.Redacted;
  /** Null where this replica neither works nor schedules. */
  readonly boss: PgBoss | null;
}

export const makeHouse = (
  options: HouseOptions,
): Required<Pick<ApiServices, 'prompts' | 'users' | 'queues'>> => {
  const { pool, engine, services, clock } = options;
  const changed = () => Effect.runPromise(Context.get(services, Prompts).changed);
  return {
    prompts: {
      ...makePromptStore(pool, clock, changed),
      trial: makePromptTrial({ pool, engine, services, newId: randomUUID }),
    },
    users: makeUsers(pool, clock, options.sessionSecret),
    queues: { ...makeQueueViews(pool), ...makeJobRunner(pool, options.boss) },
  };
};
