import { describe, expect, it } from 'vitest';
import { parseExactJson, toMoney, toPrice } from './exact-json.ts';

describe('parseExactJson', () => {
  it('keeps the digits of an unquoted id that a float would change', () => {
    expect(parseExactJson('{"item_id":4815000000000100001}')).toEqual({ item_id: '4815000000000100001' });
  });

  it('keeps a price as it was written', () => {
    expect(parseExactJson('{"rate":120.10,"list":[0.1,{"deep":1e2}]}')).toEqual({
      rate: '120.10',
      list: ['0.1', { deep: '1e2' }],
    });
  });

  it('leaves text, booleans and null as they are', () => {
    expect(parseExactJson('{"a":"1","b":true,"c":null}')).toEqual({ a: '1', b: true, c: null });
  });

  it.each(['', '  ', '<html>', '{"a":'])('answers undefined for %j, which is not JSON', (text) => {
    expect(parseExactJson(text)).toBeUndefined();
  });
});

describe('toMoney', () => {
  it.each([
    ['120', '120.00'],
    ['120.1', '120.10'],
    ['0.005', '0.01'],
    ['1.005', '1.01'],
    ['-1.005', '-1.01'],
    ['0.0049', '0.00'],
    ['-0.001', '0.00'],
    ['1.2e3', '1200.00'],
    ['125e-3', '0.13'],
    ['9007199254740993.01', '9007199254740993.01'],
    ['.5', null],
    ['', null],
    ['NaN', null],
    ['1,200.00', null],
    ['1e999', null],
  ])('reads %s as %s', (text, money) => {
    expect(toMoney(text)).toBe(money);
  });
});

describe('toPrice', () => {
  it.each([null, undefined, '0', '0.00', '-5', '0.004', 'free'])(
    'gives no price for %s (lesson F-15)',
    (text) => {
      expect(toPrice(text)).toBeNull();
    },
  );

  it('gives two decimals for a price above zero', () => {
    expect(toPrice('345')).toBe('345.00');
  });
});
