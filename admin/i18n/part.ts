import type { Entry } from './en.ts';

/** A part's words in another language: everything that English says. */
export type PartOf<T> = Readonly<Record<keyof T, Entry>>;
