/** The prompt sections in force. Read by every turn, so they are kept for a moment; a change counts within a second. */
import { Context, Effect, Layer, Schema } from 'effect';
import type pg from 'pg';
import type { PromptSection } from '../../machines/conversation/context.ts';
import { DEFAULT_SECTIONS } from './default-sections.ts';

/** The database did not answer. */
export class PromptsUnavailable extends Schema.TaggedError<PromptsUnavailable>()('PromptsUnavailable', {
  message: Schema.String,
  retryable: Schema.Boolean,
}) {}

/** How old the remembered sections may be, ms. */
const MAX_AGE_MS = 1000;

const ACTIVE_SQL = 'select section, version, body from prompt_section where active order by section';
const SEED_SQL = `insert into prompt_section (section, version, body, note, created_by, active)
  select section, 1, body, 'shipped with the product', 'system', true
  from jsonb_to_recordset($1::jsonb) as s(section text, body text)
  where not exists (select 1 from prompt_section p where p.section = s.section)`;

export class Prompts extends Context.Service<
  Prompts,
  {
    readonly active: Effect.Effect<readonly PromptSection[], PromptsUnavailable>;
    /** What is in force has changed: the next turn of this process reads anew (domain 24.3). */
    readonly changed: Effect.Effect<void>;
  }
>()('treejar/actors/Prompts') {
  /** Seeds sections that the shop does not have yet, then serves the active ones. */
  static readonly layer = (pool: pg.Pool) =>
    Layer.effect(
      Prompts,
      Effect.gen(function* () {
        yield* query(() => pool.query(SEED_SQL, [JSON.stringify(DEFAULT_SECTIONS)]));
        const read = query(() => pool.query<PromptSection>(ACTIVE_SQL)).pipe(
          Effect.map((result) => result.rows),
        );
        const [active, changed] = yield* Effect.cachedInvalidateWithTTL(read, MAX_AGE_MS);
        return { active, changed };
      }),
    );
}

const query = <A>(run: () => Promise<A>): Effect.Effect<A, PromptsUnavailable> =>
  Effect.tryPromise({
    try: run,
    catch: () =>
      new PromptsUnavailable({
        message: 'The prompts could not be read; check the database.',
        retryable: true,
      }),
  });
