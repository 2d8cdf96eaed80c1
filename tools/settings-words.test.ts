/** A setting that an owner can change has words in the form, not its path. */
import { expect, it } from 'vitest';
import { groupsOf, wordsOf } from '../admin/settings/fields.ts';
import { groupLabelOf, labelOf } from '../admin/settings/labels.ts';
import { DEFAULT_SETTINGS } from '../runtime/api/settings-schema.ts';

const groups = groupsOf({ ...DEFAULT_SETTINGS });

it('every setting is told in words', () => {
  const paths = groups.flatMap(({ fields }) => fields.map(({ path }) => path));
  expect(paths.length).toBeGreaterThan(60);
  expect(paths.filter((path) => [path, wordsOf(path)].includes(labelOf(path)))).toEqual([]);
});

it('and so is every group of them', () => {
  expect(groups.map(({ name }) => name).filter((name) => groupLabelOf(name) === name)).toEqual([]);
});
