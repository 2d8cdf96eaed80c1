/** Which model looks at customers' pictures (`OPENROUTER_VISION_MODEL`); null: people do. */
import { Context } from 'effect';

export class Sight extends Context.Service<Sight, { readonly model: string | null }>()(
  'treejar/actors/Sight',
) {}
