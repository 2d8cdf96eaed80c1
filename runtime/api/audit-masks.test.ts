import { describe, expect, it } from 'vitest';
import { maskedAudit } from './audit-masks.ts';

const PHONE = '971501234567';
const ID = `wz:c1:${PHONE}`;
const entry = {
  id: '1',
  at: '2026-01-15T10:00:00.000Z',
  actor: 'Aisha',
  action: 'x',
  before: null,
  after: null,
};
const letter = (what: string) => Buffer.from(JSON.stringify([what, ID, '7'])).toString('base64url');

describe('an entry of the audit', () => {
  it('tells the conversation without the number (domain 8.5)', () => {
    expect(maskedAudit({ ...entry, target: ID }).target).toBe('wz:c1:971501***4567');
  });

  it.each(['event', 'command'])(
    'tells a dead letter, an %s, without the number that is coded in its id',
    (what) => {
      const { target } = maskedAudit({ ...entry, target: letter(what) });
      expect(target).toBe(`["${what}","wz:c1:971501***4567","7"]`);
    },
  );

  it('masks what changed at every depth, keys too', () => {
    const after = { conversations: { [ID]: { list: [ID, 3, null, `about ${ID}.`] } } };
    const masked = maskedAudit({ ...entry, target: 't', before: ID, after });
    expect(JSON.stringify(masked)).not.toContain(PHONE);
    expect(masked.after).toMatchObject({ conversations: { 'wz:c1:971501***4567': {} } });
  });

  it('leaves everything else as it was recorded', () => {
    const other = { ...entry, target: 'settings', before: { vat: '5', open: true }, after: ['erased:x', 12] };
    expect(maskedAudit(other)).toEqual(other);
  });
});
