/**
 * Reads the types of Qdrant's OpenAPI document that the client package ships, so that the double can check requests and
 * its own answers against them at run time. It understands what openapi-typescript writes and refuses anything else.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type WireType =
  | { readonly kind: 'any' | 'never' | 'record' }
  | { readonly kind: 'primitive'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'array'; readonly item: WireType }
  | { readonly kind: 'tuple' | 'union' | 'intersection'; readonly parts: readonly WireType[] }
  | {
      readonly kind: 'object';
      readonly fields: ReadonlyMap<string, WireField>;
      readonly rest: WireType | null;
    }
  /** `components["schemas"]["Filter"]` as its path. */
  | { readonly kind: 'reference'; readonly path: readonly string[] };

export interface WireField {
  readonly type: WireType;
  readonly isOptional: boolean;
}

export type WireObject = Extract<WireType, { kind: 'object' }>;

const TOKEN = /\s+|\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\]|\\.)*"|[A-Za-z_$][\w$]*|\d+|[{}[\]()<>|&;:,?=.]/y;

const tokensOf = (source: string): readonly string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const [token] = TOKEN.exec(source) ?? [];
    if (token === undefined) throw new SyntaxError(`the shipped types have something new in them at ${at}`);
    if (!/^(?:\s|\/\*|\/\/)/.test(token)) tokens.push(token);
  }
  return tokens;
};

const PRIMITIVES = new Set(['string', 'number', 'boolean', 'null', 'undefined']);

/** A parser of type expressions over a list of tokens. */
class TypeParser {
  readonly #tokens: readonly string[];
  #at: number;

  constructor(tokens: readonly string[], at: number) {
    this.#tokens = tokens;
    this.#at = at;
  }

  type(): WireType {
    const parts = this.#separated('|', () => this.#intersection());
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'union', parts };
  }

  #intersection(): WireType {
    const parts = this.#separated('&', () => this.#postfix());
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'intersection', parts };
  }

  #separated(separator: string, next: () => WireType): readonly WireType[] {
    this.#take(separator);
    const parts = [next()];
    while (this.#take(separator)) parts.push(next());
    return parts;
  }

  #postfix(): WireType {
    let type = this.#primary();
    while (this.#tokens[this.#at] === '[' && this.#tokens[this.#at + 1] === ']') {
      this.#at += 2;
      type = { kind: 'array', item: type };
    }
    return type;
  }

  #primary(): WireType {
    if (this.#take('(')) {
      const type = this.type();
      this.#expect(')');
      return type;
    }
    if (this.#tokens[this.#at] === '{') return this.object();
    if (this.#take('[')) {
      const parts = [this.type()];
      while (this.#take(',')) parts.push(this.type());
      this.#expect(']');
      return { kind: 'tuple', parts };
    }
    return this.#named(this.#next());
  }

  #named(token: string): WireType {
    if (token.startsWith('"')) return { kind: 'literal', value: JSON.parse(token) as string };
    if (/^\d/.test(token)) return { kind: 'literal', value: Number(token) };
    if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' };
    if (PRIMITIVES.has(token)) return { kind: 'primitive', name: token };
    if (token === 'unknown') return { kind: 'any' };
    if (token === 'never') return { kind: 'never' };
    if (token === 'OneOf' || token === 'Record') return this.#generic(token);
    const path = [token];
    while (this.#tokens[this.#at] === '[' && this.#tokens[this.#at + 1]?.startsWith('"')) {
      this.#at++;
      path.push(JSON.parse(this.#next()) as string);
      this.#expect(']');
    }
    return { kind: 'reference', path };
  }

  #generic(name: string): WireType {
    this.#expect('<');
    const parts = [this.type()];
    while (this.#take(',')) parts.push(this.type());
    this.#expect('>');
    const [first] = parts;
    if (name === 'OneOf' && first?.kind === 'tuple') return { kind: 'union', parts: first.parts };
    const rest = parts[1] ?? { kind: 'any' };
    return rest.kind === 'any' ? { kind: 'record' } : { kind: 'object', fields: new Map(), rest };
  }

  object(): WireObject {
    const fields = new Map<string, WireField>();
    let rest: WireType | null = null;
    this.#expect('{');
    while (!this.#take('}')) {
      if (this.#take('[')) {
        this.#at += 3; // key: string
        this.#expect(']');
        this.#expect(':');
        rest = this.type();
      } else {
        const token = this.#next();
        const key = token.startsWith('"') ? (JSON.parse(token) as string) : token;
        const isOptional = this.#take('?');
        this.#expect(':');
        fields.set(key, { type: this.type(), isOptional });
      }
      this.#take(';');
    }
    return { kind: 'object', fields, rest };
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new SyntaxError('the shipped types end too early');
    return token;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw new SyntaxError(`the shipped types have ${found} where ${token} was expected`);
  }
}

/** The interfaces of a source by their names: `paths`, `operations`, `components`. */
export const readInterfaces = (source: string): ReadonlyMap<string, WireObject> => {
  const start = source.search(/^export interface /m);
  const tokens = tokensOf(start < 0 ? '' : source.slice(start));
  const found = new Map<string, WireObject>();
  tokens.forEach((token, at) => {
    const name = tokens[at + 1];
    if (token === 'interface' && name !== undefined && tokens[at - 1] === 'export') {
      found.set(name, new TypeParser(tokens, at + 2).object());
    }
  });
  return found;
};

let shipped: ReadonlyMap<string, WireObject> | undefined;

/** The interfaces of the installed client, read once. */
export const shippedInterfaces = (): ReadonlyMap<string, WireObject> => {
  const entry = createRequire(import.meta.url).resolve('@qdrant/js-client-rest');
  const file = join(dirname(entry), '..', 'types', 'openapi', 'generated_schema.d.ts');
  shipped ??= readInterfaces(readFileSync(file, 'utf8'));
  return shipped;
};
