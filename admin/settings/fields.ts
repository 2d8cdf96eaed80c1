/**
 * The settings document as fields: each leaf with its path and its kind, read off the document itself, so that a new
 * setting is editable the day it exists. Pure.
 */

import { rulesFrom, writtenRules } from './rules.ts';
import { templateNamesOf } from './template-names.ts';

export type FieldKind =
  | 'switch'
  | 'choice'
  | 'number'
  | 'text'
  | 'lines'
  | 'templates'
  | 'words'
  | 'rules'
  | 'json';

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

/** Leaves that are one of a few words (runtime/api/settings-schema.ts, review-settings-schema.ts). */
const CHOICES: readonly (readonly [path: RegExp, choices: readonly string[]])[] = [
  [/^paymentReminders\.mode$/, ['disabled', 'manual', 'scheduled']],
  [/^reviews\.\w+\.mode$/, ['disabled', 'manual', 'daily_sample', 'scheduled', 'automatic']],
  [/^reviews\.\w+\.transcript$/, ['disabled', 'summary', 'full']],
];

export const choicesOf = (path: string): readonly string[] | null =>
  CHOICES.find(([pattern]) => pattern.test(path))?.[1] ?? null;

/** Leaves that may be nothing: emptied, they are `null`, whatever stood there. */
const OPTIONAL =
  /^(?:orders\.(?:deliveryCharge|freeDeliveryFrom|vatTaxId)|crm\.(?:pipeline|uniqueField)|reviews\.\w+\.(?:model|centsPerDay))$/;
/** A number, also while it is nothing. */
const OPTIONAL_NUMBER = /^reviews\.\w+\.centsPerDay$/;

/** Objects whose keys are the shop's own words: edited as a whole. */
const OPEN = new Set([
  'followUps.templates',
  'paymentReminders.templates',
  'feedback.templates',
  'reactivation.templates',
  'discounts.segments',
  'crm.stages',
  'crm.attribution',
  'crm.contactAttribution',
  'texts',
]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (path: string, value: unknown): FieldKind => {
  if (choicesOf(path) !== null) return 'choice';
  if (typeof value === 'boolean') return 'switch';
  if (typeof value === 'number' || OPTIONAL_NUMBER.test(path)) return 'number';
  if (path === 'recommendations.complements') return 'rules';
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
const WRITTEN: ReadonlySet<FieldKind> = new Set(['json', 'templates', 'words']);

/** What stands in the field's control. */
export const shownOf = ({ kind, value }: Field): string => {
  if (kind === 'lines' && Array.isArray(value)) return value.join('\n');
  if (kind === 'rules') return writtenRules(value);
  if (WRITTEN.has(kind)) return JSON.stringify(value, null, 2);
  return value === null || value === undefined ? '' : String(value);
};

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const parsedJson = (shown: string): Parsed => {
  try {
    return { ok: true, value: JSON.parse(shown) };
  } catch {
    return { ok: false };
  }
};

/** The value of what was written; an emptied leaf that may be nothing is nothing. */
export const parsedOf = (field: Field, shown: string): Parsed => {
  if (OPTIONAL.test(field.path) && shown.trim() === '') return { ok: true, value: null };
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
      return parsedJson(shown);
    case 'rules': {
      const rules = rulesFrom(shown);
      return rules === null ? { ok: false } : { ok: true, value: rules };
    }
    default:
      return { ok: true, value: shown };
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
