/**
 * Checks requests and answers against Qdrant's own types (wire-types). Stricter than the server, which passes over
 * fields it does not know: a misspelt field is an error here, because there it would do nothing.
 */
import { shippedInterfaces, type WireObject, type WireType } from './wire-types.ts';

export interface WireIssue {
  readonly path: readonly string[];
  readonly message: string;
}

const issue = (path: readonly string[], message: string): WireIssue => ({ path, message });

/** What a reference stands for: `["components", "schemas", "Filter"]`. */
const resolve = (path: readonly string[]): WireType => {
  const [root = '', ...keys] = path;
  let type: WireType | undefined = shippedInterfaces().get(root);
  for (const key of keys) type = type?.kind === 'object' ? type.fields.get(key)?.type : undefined;
  if (type === undefined) throw new RangeError(`the shipped types do not have ${path.join('.')}`);
  return type;
};

/** The first issue of a value, or `null` when it is of the type. */
export const checkValue = (
  type: WireType,
  value: unknown,
  path: readonly string[] = [],
): WireIssue | null => {
  switch (type.kind) {
    case 'any':
      return null;
    case 'never':
      return issue(path, 'must not be there');
    case 'record':
      return isObject(value) ? null : issue(path, 'must be an object');
    case 'reference':
      return checkValue(resolve(type.path), value, path);
    case 'literal':
      return value === type.value ? null : issue(path, `must be ${JSON.stringify(type.value)}`);
    case 'primitive':
      return isPrimitive(type.name, value) ? null : issue(path, `must be ${type.name}`);
    case 'array':
      return checkItems(() => type.item, value, path);
    case 'tuple':
      return checkItems((at) => type.parts[at] ?? { kind: 'never' }, value, path);
    case 'intersection':
      return type.parts.map((part) => checkValue(part, value, path)).find((found) => found !== null) ?? null;
    case 'union':
      return checkUnion(type.parts, value, path);
    case 'object':
      return checkObject(type, value, path);
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPrimitive = (name: string, value: unknown): boolean => {
  if (name === 'null') return value === null;
  return name === 'number' ? typeof value === 'number' && Number.isFinite(value) : typeof value === name;
};

const checkItems = (
  typeAt: (at: number) => WireType,
  value: unknown,
  path: readonly string[],
): WireIssue | null => {
  if (!Array.isArray(value)) return issue(path, 'must be a list');
  for (const [at, item] of value.entries()) {
    const found = checkValue(typeAt(at), item, [...path, String(at)]);
    if (found) return found;
  }
  return null;
};

const flatten = (parts: readonly WireType[]): readonly WireType[] =>
  parts.flatMap((part) => (part.kind === 'union' ? flatten(part.parts) : [part]));

/**
 * `Filter | (Record<string, unknown> | null)` is how the generator writes "Filter or null"; taken literally it would
 * allow any object. Of the failed alternatives the one that got furthest tells the issue.
 */
const checkUnion = (
  parts: readonly WireType[],
  value: unknown,
  path: readonly string[],
): WireIssue | null => {
  const all = flatten(parts);
  const isNullable = all.some((part) => part.kind === 'primitive' && part.name === 'null');
  const alternatives = all.filter((part) => part.kind !== 'record' || !isNullable || all.length === 2);
  let furthest: WireIssue | null = null;
  for (const alternative of alternatives) {
    const found = checkValue(alternative, value, path);
    if (found === null) return null;
    if (furthest === null || found.path.length > furthest.path.length) furthest = found;
  }
  return furthest ?? issue(path, 'must not be there');
};

const checkObject = (type: WireObject, value: unknown, path: readonly string[]): WireIssue | null => {
  if (!isObject(value)) return issue(path, 'must be an object');
  for (const [key, field] of type.fields) {
    if (value[key] === undefined) {
      if (!field.isOptional) return issue([...path, key], 'is missing');
      continue;
    }
    const found = checkValue(field.type, value[key], [...path, key]);
    if (found) return found;
  }
  for (const [key, item] of Object.entries(value)) {
    if (type.fields.has(key) || item === undefined) continue;
    if (type.rest === null) return issue([...path, key], 'is no known field');
    const found = checkValue(type.rest, item, [...path, key]);
    if (found) return found;
  }
  return null;
};

/** A route of the API: what it takes and what it answers. */
export interface WireOperation {
  readonly query: WireType;
  /** `null`: takes no body. */
  readonly body: WireType | null;
  readonly answer: WireType;
}

const NOTHING: WireType = { kind: 'object', fields: new Map(), rest: null };

const at = (type: WireType | undefined, ...keys: readonly string[]): WireType | undefined => {
  let found = type?.kind === 'reference' ? resolve(type.path) : type;
  for (const key of keys) found = found?.kind === 'object' ? found.fields.get(key)?.type : undefined;
  return found;
};

/** `path` as in the API's document, `/collections/{collection_name}/points`; throws when there is no such route. */
export const wireOperation = (method: string, path: string): WireOperation => {
  const operation = at(resolve(['paths', path]), method.toLowerCase());
  const answer = at(operation, 'responses', '200', 'content', 'application/json');
  if (operation === undefined || answer === undefined)
    throw new RangeError(`the shipped types do not have ${method} ${path}`);
  return {
    query: at(operation, 'parameters', 'query') ?? NOTHING,
    body: at(operation, 'requestBody', 'content', 'application/json') ?? null,
    answer,
  };
};
