/**
 * The settings document as fields: each leaf with its path and its kind, read off the document itself, so that a new
 * setting is editable the day it exists. Pure.
 */

import { templateNamesOf } from './template-names.ts';

export type FieldKind = 'switch' | 'choice' | 'number' | 'text' | 'lines' | 'templates' | 'words' | 'json';

export interface Field {
  /** `bot.enabled`. */
  readonly path: string;
  readonly kind: FieldKind;
  readonly value: unknown;
}

export interface FieldGroup {
  /** `bot`. */
  readonly name: string;
  readonly fields: readonly Field[];
}

/** Leaves that are one of a few words. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'paymentReminders.mode': ['disabled', 'manual', 'scheduled'],
};

export const choicesOf = (path: string): readonly string[] | null => CHOICES[path] ?? null;

/** Objects whose keys are the shop's own words: edited as a whole. */
const OPEN = new Set([
  'followUps.templates',
  'paymentReminders.templates',
  'feedback.templates',
  'reactivation.templates',
  'discounts.segments',
  'crm.stages',
  'crm.attribution',
  'texts',
]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (path: string, value: unknown): FieldKind => {
  if (choicesOf(path) !== null) return 'choice';
  if (typeof value === 'boolean') return 'switch';
  if (typeof value === 'number') return 'number';
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? 'lines' : 'json';
  if (!isRecord(value)) return 'text';
  if (templateNamesOf(path) !== null) return 'templates';
  return Object.values(value).every((item) => typeof item === 'string') ? 'words' : 'json';
};

const leaves = (path: string, value: unknown): readonly Field[] => {
  if (isRecord(value) && !OPEN.has(path)) {
    return Object.entries(value).flatMap(([key, inner]) => leaves(`${path}.${key}`, inner));
  }
  return [{ path, kind: kindOf(path, value), value }];
};

export const groupsOf = (document: Readonly<Record<string, unknown>>): readonly FieldGroup[] =>
  Object.entries(document).map(([name, value]) => ({ name, fields: leaves(name, value) }));

/** What the form keeps as JSON, whichever control shows it. */
const isWritten = (kind: FieldKind): boolean => kind === 'json' || kind === 'templates' || kind === 'words';

/** What stands in the field's control. */
export const shownOf = ({ kind, value }: Field): string => {
  if (kind === 'lines' && Array.isArray(value)) return value.join('\n');
  if (isWritten(kind)) return JSON.stringify(value, null, 2);
  return value === null || value === undefined ? '' : String(value);
};

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** The value of what was written; an emptied text that could be nothing is nothing. */
export const parsedOf = (field: Field, shown: string): Parsed => {
  switch (field.kind) {
    case 'switch':
      return { ok: true, value: shown === 'true' };
    case 'number': {
      const number = Number(shown);
      return shown.trim() === '' || !Number.isFinite(number) ? { ok: false } : { ok: true, value: number };
    }
    case 'lines':
      return {
        ok: true,
        value: shown
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      };
    case 'templates':
    case 'words':
    case 'json':
      try {
        return { ok: true, value: JSON.parse(shown) };
      } catch {
        return { ok: false };
      }
    default:
      return { ok: true, value: shown === '' && field.value === null ? null : shown };
  }
};

/** Entries of an open map that are gone from the new value are said to be gone: a patch merges (contract 3.5). */
const withRemoved = (before: unknown, after: unknown): unknown => {
  if (!isRecord(before) || !isRecord(after)) return after;
  const gone = Object.keys(before).filter((key) => !(key in after));
  return { ...after, ...Object.fromEntries(gone.map((key) => [key, null])) };
};

/** A patch for `PUT /admin/settings` out of the changed leaves. */
export const patchOf = (
  changes: readonly { readonly field: Field; readonly value: unknown }[],
): Readonly<Record<string, unknown>> => {
  const patch: Record<string, unknown> = {};
  for (const { field, value } of changes) {
    const keys = field.path.split('.');
    const last = keys.pop() ?? '';
    let at = patch;
    for (const key of keys) {
      const inner = isRecord(at[key]) ? { ...(at[key] as Record<string, unknown>) } : {};
      at[key] = inner;
      at = inner;
    }
    at[last] = OPEN.has(field.path) ? withRemoved(field.value, value) : value;
  }
  return patch;
};

/** `maxPerRun` is read as `max per run`, where no words of ours exist. */
export const wordsOf = (path: string): string =>
  path
    .split('.')
    .slice(1)
    .join(' · ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
