/** One version of the product that is played: its prompts, its variables, or another checkout of it. */
import { Result, Schema } from 'effect';

export const Variant = Schema.Struct({
  name: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(60)),
  /** Sections of the prompt that take the place of those in force, by name. */
  prompts: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  /** Variables of the product, as in `OPENROUTER_MODEL`. */
  env: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
  /** A folder with another version of the machines, made ready by `npm run build` there. */
  checkout: Schema.optionalKey(Schema.String),
});
export type Variant = typeof Variant.Type;

/** What there is without any change. */
export const AS_IT_IS: Variant = { name: 'as it is' };

const decode = Schema.decodeUnknownResult(Variant, { onExcessProperty: 'error' });

/** Throws with what to do when the file is no version. */
export const readVariant = (text: string): Variant => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('A version is a JSON file, as in {"name":"shorter","prompts":{"persona":"…"}}.');
  }
  const decoded = decode(json);
  if (Result.isFailure(decoded)) {
    throw new Error('A version has a name, and prompts, env or checkout; nothing else.');
  }
  return decoded.success;
};
