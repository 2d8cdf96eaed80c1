import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlertContent, alertHtml, alertMark, masked, newestLines } from './alert.ts';
import { escapeHtml, MAX_TEXT_CHARS, plainOf } from './html.ts';
import { markupFault } from './sandbox-markup.ts';

const content: AlertContent = {
  alertId: 'wz:ch-1:971555550142:7:alertManager',
  trigger: { number: 3, name: 'Complaint, anger, conflict' },
  reason: 'The chairs came scratched',
  phone: '+971555550142',
  conversationId: 'wz:ch-1:971555550142',
  lastLines: ['Customer: they are scratched', 'Noor: I am sorry'],
};

describe('masking (domain 8.5)', () => {
  test.each([
    ['+971555550142', '+97155***0142'],
    ['15555550142', '155555***0142'],
    ['wz:3d1f0f6a:971555550142', 'wz:3d1***0142'],
    ['1234567890', '***90'],
    ['12', '***12'],
    ['', '***'],
  ])('%s becomes %s', (text, expected) => {
    expect(masked(text)).toBe(expected);
  });
});

describe('an alert (domain 8.5)', () => {
  test('tells trigger, reason, masked customer and conversation, last lines and its mark', () => {
    expect(plainOf(alertHtml(content)).split('\n')).toEqual([
      '3. Complaint, anger, conflict',
      'The chairs came scratched',
      'Customer: +97155***0142',
      'Conversation: wz:ch-***0142',
      'Customer: they are scratched',
      'Noor: I am sorry',
      alertMark(content.alertId),
    ]);
  });

  test.each(['+971 55 555 0142', '971555550142', 'call 00971-55-555-0142 now', '+971 (55) 555.01.42'])(
    'never shows the number, even where the customer wrote %s',
    (text) => {
      const html = alertHtml({ ...content, reason: text, summary: text, lastLines: [`Customer: ${text}`] });
      expect(plainOf(html).replaceAll(/\D/g, '')).not.toContain('971555550142');
    },
  );

  test('has a mark that tells the alerts apart, is the same for each try, and does not hold the id', () => {
    expect(alertMark('a')).not.toBe(alertMark('b'));
    expect(alertMark('a')).toBe(alertMark('a'));
    expect(alertHtml(content)).not.toContain(content.alertId);
  });

  test('escapes what people wrote', () => {
    const html = alertHtml({
      ...content,
      reason: '<b>10 < 20 & "x"</b><script>',
      lastLines: ['</blockquote>'],
    });
    expect(html).toContain('&lt;b&gt;10 &lt; 20 &amp; &quot;x&quot;');
    expect(markupFault(html)).toBeNull();
  });

  test('links to the admin by http only', () => {
    expect(alertHtml({ ...content, link: 'https://shop.test/admin/?a=1&b="' })).toContain(
      '<a href="https://shop.test/admin/?a=1&amp;b=&quot;">',
    );
    expect(alertHtml({ ...content, link: 'javascript:alert(1)' })).not.toContain('javascript');
  });

  test('is always valid markup of at most 4096 characters, whatever people write', () => {
    const text = fc.string({ unit: 'binary', maxLength: 6000 });
    const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 800 }), { maxLength: 20 });
    fc.assert(
      fc.property(text, text, lines, fc.boolean(), (reason, summary, lastLines, long) => {
        const more = long ? '<&>"😀'.repeat(1500) : '';
        const html = alertHtml({ ...content, reason: reason + more, summary: more + summary, lastLines });
        expect(markupFault(html)).toBeNull();
        expect(plainOf(html).length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
        expect(html.isWellFormed()).toBe(true);
        expect(html).not.toContain('\u0000');
      }),
      { numRuns: 60 },
    );
  });
});

describe('the last lines', () => {
  test('keep the newest that fit whole', () => {
    expect(newestLines(['a'.repeat(300), 'b'.repeat(300), 'c'.repeat(100)])).toBe(
      `${'b'.repeat(300)}\n${'c'.repeat(100)}`,
    );
  });
  test('keep the end of a newest line that alone is too long', () => {
    const cut = newestLines(['old', `${'x'.repeat(600)}the end`]);
    expect(cut.length).toBe(500);
    expect(cut.startsWith('…x')).toBe(true);
    expect(cut.endsWith('the end')).toBe(true);
  });
  test('of nobody are nothing', () => {
    expect(newestLines([])).toBe('');
  });
});

test('escaping and reading back are inverse', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(plainOf(escapeHtml(text))).toBe(text);
    }),
  );
});
