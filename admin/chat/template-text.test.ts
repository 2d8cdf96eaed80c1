import { describe, expect, it } from 'vitest';
import type { Template } from '../api/types.ts';
import { aroundBlank, fillTemplate, usableTemplates } from './template-text.ts';

const template = (id: string, changes: Partial<Template> = {}): Template => ({
  id,
  name: id,
  title: null,
  language: 'en',
  status: 'approved',
  text: 'Hello {{1}}, your quotation {{2}} is ready.',
  blanks: 2,
  channelIds: [],
  since: '2026-11-22T08:00:00.000Z',
  ...changes,
});

describe('templates', () => {
  it('offers approved ones of the channel, the customer’s language first', () => {
    const all = [
      template('english'),
      template('arabic', { language: 'ar' }),
      template('refused', { status: 'rejected' }),
      template('elsewhere', { channelIds: ['other'] }),
      template('here', { channelIds: ['main'] }),
    ];
    expect(usableTemplates(all, 'main', 'ar').map(({ id }) => id)).toEqual(['arabic', 'english', 'here']);
  });

  it('reads with its values, and shows the blanks that have none', () => {
    const { text } = template('a');
    expect(fillTemplate(text, ['Layla', 'TJ-1042'])).toBe('Hello Layla, your quotation TJ-1042 is ready.');
    expect(fillTemplate(text, ['Layla', ' '])).toBe('Hello Layla, your quotation {{2}} is ready.');
    expect(fillTemplate('{{1}} and {{1}}', ['$&'])).toBe('$& and $&');
  });

  it('says where a blank stands', () => {
    expect(aroundBlank('Hello {{1}}, your quotation {{2}} is ready.', 2)).toBe(
      '…, your quotation … is ready.',
    );
  });
});
