import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../api/types.ts';
import { belongsTo, compareConversations, matchesQuery, type Tab } from './list-order.ts';
import { MAX_CONVERSATIONS, makeListStore, peopleNeeded } from './list-store.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 8, minute)).toISOString();

const chat = (id: string, over: Partial<Summary> = {}): Summary => ({
  id,
  channelId: 'c1',
  chatId: '971501234567',
  name: id,
  phone: '+971 50 123 4567',
  language: 'en',
  owner: 'bot',
  ownerName: null,
  states: ['turn.idle'],
  stateLabel: 'Idle',
  lastMessage: null,
  waitingSince: null,
  unanswered: 0,
  windowClosesAt: null,
  nextTimer: null,
  seq: 1,
  machineVersion: 'v1',
  parked: null,
  paused: false,
  createdAt: at(0),
  updatedAt: at(0),
  ...over,
});

const shown = (store: ReturnType<typeof makeListStore>): readonly string[] =>
  store.getSnapshot().context.shown;

const listOf = (...items: Summary[]) => {
  const store = makeListStore();
  store.trigger.loaded({ items, next: null });
  return store;
};

describe('the order of the list', () => {
  it('puts who waits longest for us first, then the newest activity', () => {
    const items = [
      chat('quiet', { updatedAt: at(5) }),
      chat('newest', { updatedAt: at(9) }),
      chat('waits-less', { waitingSince: at(7), updatedAt: at(8) }),
      chat('waits-more', { waitingSince: at(2), updatedAt: at(2) }),
    ];
    expect(shown(listOf(...items))).toEqual(['waits-more', 'waits-less', 'newest', 'quiet']);
  });

  it('is the same whatever the order of arrival', () => {
    const some = fc.record({
      waiting: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
      updated: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (specs, noise) => {
        const items = specs.map((spec, index) =>
          chat(`c${index}`, {
            waitingSince: spec.waiting === null ? null : at(spec.waiting),
            updatedAt: at(spec.updated),
          }),
        );
        const keyed = items.map((item) => ({ item, key: noise.next().value }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
        const store = makeListStore();
        for (const item of shuffled) store.trigger.changed({ items: [item] });
        expect(shown(store)).toEqual([...items].sort(compareConversations).map((item) => item.id));
      }),
    );
  });

  it('keeps the newer of a page and a live update, whichever comes last', () => {
    const store = listOf(chat('a', { seq: 5, unanswered: 2 }));
    store.trigger.loaded({ items: [chat('a', { seq: 4, unanswered: 0 })], next: null });
    expect(store.getSnapshot().context.byId.get('a')?.unanswered).toBe(2);
  });
});

describe('a held list', () => {
  it('updates rows in place but does not move, and says how many changes wait', () => {
    const store = listOf(chat('a', { updatedAt: at(9) }), chat('b', { updatedAt: at(8) }));
    store.trigger.held({ held: true });
    store.trigger.changed({ items: [chat('b', { seq: 2, waitingSince: at(10), unanswered: 1 })] });
    store.trigger.changed({ items: [chat('new', { waitingSince: at(11) })] });
    const { context } = store.getSnapshot();
    expect(context.shown).toEqual(['a', 'b']);
    expect(context.byId.get('b')?.unanswered).toBe(1);
    expect(context.pending).toBe(2);
  });

  it('does not ask for attention when the order would stay as it is', () => {
    const store = listOf(chat('a', { updatedAt: at(9) }), chat('b', { updatedAt: at(8) }));
    store.trigger.held({ held: true });
    store.trigger.changed({ items: [chat('a', { seq: 2, updatedAt: at(10) })] });
    expect(store.getSnapshot().context.pending).toBe(0);
  });

  it('moves when the pill is pressed, and when the pointer leaves', () => {
    const store = listOf(chat('a', { updatedAt: at(9) }));
    store.trigger.held({ held: true });
    store.trigger.changed({ items: [chat('new', { waitingSince: at(11) })] });
    store.trigger.flushed();
    expect(shown(store)).toEqual(['new', 'a']);
    store.trigger.changed({ items: [chat('newer', { waitingSince: at(3) })] });
    expect(shown(store)).toEqual(['new', 'a']);
    store.trigger.held({ held: false });
    expect(shown(store)).toEqual(['newer', 'new', 'a']);
  });
});

describe('tabs, filters and search', () => {
  it('sorts conversations under tabs by who is to act', () => {
    const needs = chat('n', { owner: 'waiting', waitingSince: at(1) });
    const taken = chat('t', { owner: 'manager' });
    const working = chat('w', { owner: 'bot', waitingSince: at(1) });
    const done = chat('d', { owner: 'bot' });
    const gone = chat('g', { owner: 'nobody' });
    const under = (tab: Tab) =>
      [needs, taken, working, done, gone]
        .filter((item) => belongsTo(tab, item, Date.parse(at(1))))
        .map((item) => item.id);
    expect(under('needs')).toEqual(['n', 't']);
    expect(under('bot')).toEqual(['w']);
    expect(under('customer')).toEqual(['t', 'd']);
    expect(under('all')).toHaveLength(5);
  });

  it('calls stuck what is parked, paused or failed, or waits too long for the bot, but not for a person', () => {
    const now = Date.parse(at(10));
    const stuck = (over: Partial<Summary>): boolean => belongsTo('stuck', chat('x', over), now);
    expect(stuck({ parked: 'brief failed' })).toBe(true);
    expect(stuck({ paused: true })).toBe(true);
    expect(stuck({ states: ['deal.stuck', 'turn.idle'] })).toBe(true);
    expect(stuck({ waitingSince: at(7) })).toBe(true);
    expect(stuck({ waitingSince: at(9) })).toBe(false);
    expect(stuck({ waitingSince: at(1), owner: 'manager' })).toBe(false);
    expect(stuck({})).toBe(false);
  });

  it('finds by name, by digits of the phone in any writing, and what only the server could find', () => {
    const item = chat('Layla Haddad', { phone: '+971 50 123 4567' });
    expect(matchesQuery('layla', item)).toBe(true);
    expect(matchesQuery('501-234', item)).toBe(true);
    expect(matchesQuery('omar', item)).toBe(false);
    const store = listOf(item, chat('other', { phone: null, chatId: '1' }));
    store.trigger.filtered({ filter: { tab: 'all', q: 'velvet', language: 'any' } });
    expect(shown(store)).toEqual([]);
    store.trigger.loaded({ items: [item], next: null });
    expect(shown(store)).toEqual(['Layla Haddad']);
  });

  it('counts those who asked for a person and have nobody', () => {
    const store = listOf(chat('n', { owner: 'waiting' }), chat('t', { owner: 'manager' }));
    expect(peopleNeeded(store.getSnapshot().context)).toBe(1);
  });

  it('forgets the quietest beyond its limit', () => {
    const many = Array.from({ length: MAX_CONVERSATIONS + 5 }, (_, index) => chat(`c${index}`));
    const store = listOf(...many, chat('waits', { waitingSince: at(1) }));
    expect(store.getSnapshot().context.byId.size).toBe(MAX_CONVERSATIONS);
    expect(shown(store)[0]).toBe('waits');
  });
});
