/**
 * A record's id as Inventory gives it: it is written into addresses, logs and what managers are told, so that an answer
 * which holds something else there is no answer (found by fuzzing: an order whose id was a sentence).
 */
import { Schema } from 'effect';

export const RecordId = Schema.String.check(Schema.isPattern(/^[\w-]{1,64}$/));
