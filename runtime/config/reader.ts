/** Reads variables one by one and remembers every fault, so that a person sees all of them at once. */
import { Redacted } from 'effect';
import { BadValue, type Read } from './values.ts';

export type Mode = 'development' | 'production';

export interface Fault {
  readonly variable: string;
  /** One sentence that begins with the variable's name. */
  readonly message: string;
}

export interface Reader {
  readonly mode: Mode;
  readonly faults: Fault[];
  readonly fault: (variable: string, message: string) => void;
  /** Given and not empty. */
  readonly has: (name: string) => boolean;
  /** The value, or undefined when it is unset or bad (then there is a fault). */
  readonly optional: <A>(name: string, read: Read<A>) => A | undefined;
  /** The value, or `fallback` when it is unset (or bad, beside the fault). */
  readonly or: <A>(name: string, read: Read<A>, fallback: A) => A;
  readonly secret: (name: string, read: Read<string>) => Redacted.Redacted<string> | undefined;
}

export const makeReader = (env: Readonly<Record<string, string | undefined>>, mode: Mode): Reader => {
  const faults: Fault[] = [];
  const fault = (variable: string, message: string): void => {
    faults.push({ variable, message: `${variable} ${message}` });
  };
  const textOf = (name: string): string | undefined => {
    const text = env[name]?.trim();
    return text === '' ? undefined : text;
  };
  const optional = <A>(name: string, read: Read<A>): A | undefined => {
    const text = textOf(name);
    if (text === undefined) return undefined;
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      fault(name, `${error.message}.`);
      return undefined;
    }
  };
  return {
    mode,
    faults,
    fault,
    has: (name) => textOf(name) !== undefined,
    optional,
    or: (name, read, fallback) => optional(name, read) ?? fallback,
    secret: (name, read) => {
      const value = optional(name, read);
      return value === undefined ? undefined : Redacted.make(value, { label: name });
    },
  };
};
