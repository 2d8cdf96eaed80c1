import { describe, expect, it } from 'vitest';
import { isOurs, safeLink } from './safe-link.ts';

const OURS = 'https://shop.test';

describe('the address of a customer’s file', () => {
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://shop.test/1',
    '//stranger.test/a.png',
    '/\\stranger.test/a.png',
    'nonsense',
    '',
  ])('%j is no link', (uri) => {
    expect(safeLink(uri)).toBeNull();
  });

  it('is a link to the web or to us, and only ours is loaded without a click', () => {
    expect(safeLink('/media/token')).toBe('/media/token');
    expect(safeLink('https://store.wazzup24.com/a.jpg')).toBe('https://store.wazzup24.com/a.jpg');
    expect(isOurs('/media/token', OURS)).toBe(true);
    expect(isOurs('https://shop.test/media/token', OURS)).toBe(true);
    for (const link of ['https://store.wazzup24.com/a.jpg', '//stranger.test/a.png', '/\\stranger.test/a'])
      expect(isOurs(link, OURS), link).toBe(false);
  });
});
