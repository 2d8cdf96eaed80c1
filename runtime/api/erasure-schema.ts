/** What erasing a person answers. */
import { Schema } from 'effect';

export const ErasedView = Schema.Struct({
  /** `erased:<uuid>`: stands in the audit instead of the person. */
  reference: Schema.String,
  conversations: Schema.Int,
  files: Schema.Int,
  summaries: Schema.Int,
});
