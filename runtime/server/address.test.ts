import { describe, expect, it } from 'vitest';
import { clientAddress, isLocal, plainAddress } from './address.ts';

describe('the address of a client', () => {
  it('is written short', () => {
    expect(plainAddress('0000:0000:0000:0000:0000:ffff:c000:0201')).toBe('192.0.2.1');
    expect(plainAddress('0000:0000:0000:0000:0000:0000:0000:0001')).toBe('::1');
    expect(plainAddress('203.0.113.7')).toBe('203.0.113.7');
  });

  it('is what the nearest proxy saw, and only a private neighbour is a proxy', () => {
    expect(clientAddress('127.0.0.1', 'spoofed, 203.0.113.7')).toBe('203.0.113.7');
    expect(clientAddress('172.18.0.3', '203.0.113.7')).toBe('203.0.113.7');
    expect(clientAddress('198.51.100.4', '203.0.113.7')).toBe('198.51.100.4');
    expect(clientAddress('172.32.0.3', '203.0.113.7')).toBe('172.32.0.3');
  });

  it('is local only without a proxy in between', () => {
    expect(isLocal('127.0.0.1', '')).toBe(true);
    expect(isLocal('127.0.0.1', '203.0.113.7')).toBe(false);
    expect(isLocal('10.0.0.1', '')).toBe(false);
  });
});
