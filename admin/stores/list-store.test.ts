import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../api/types.ts';
import { belongsTo, compareConversations, matchesQuery, NO_FILTER, type Tab } from './list-order.ts';
import { MAX_CONVERSATIONS, makeListStore, peopleNeeded, SPARE_CONVERSATIONS } from './list-store.ts';

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

describe('a list that grows by scrolling', () => {
  const page = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      chat(`c${String(from + index).padStart(3, '0')}`, { updatedAt: at(0) }),
    );
  const scrolled = () => {
    const store = makeListStore();
    store.trigger.loaded({ items: page(0, 3), next: 'more' });
    store.trigger.held({ held: true });
    return store;
  };

  it('takes a further page at its end while it stands still, and has nothing to tell of it', () => {
    const store = scrolled();
    store.trigger.loaded({ items: page(3, 2), next: null, further: true });
    expect(shown(store)).toEqual(['c000', 'c001', 'c002', 'c003', 'c004']);
    expect(store.getSnapshot().context).toMatchObject({ pending: 0, next: null });
  });

  it('keeps behind the pill what a first page brings that is read again', () => {
    const store = scrolled();
    const newcomer = chat('new', { waitingSince: at(1) });
    store.trigger.loaded({ items: [newcomer, ...page(0, 2)], next: 'more' });
    expect(shown(store)).toEqual(['c000', 'c001', 'c002']);
    expect(store.getSnapshot().context.pending).toBe(1);
    store.trigger.flushed();
    expect(shown(store)).toEqual(['new', 'c000', 'c001', 'c002']);
  });

  it('puts a late page in its place as soon as it may move', () => {
    const store = makeListStore();
    store.trigger.changed({ items: [chat('deep', { updatedAt: at(-9) })] });
    store.trigger.loaded({ items: page(0, 2), next: 'more' });
    store.trigger.held({ held: true });
    store.trigger.loaded({ items: page(2, 2), next: null, further: true });
    expect(shown(store)).toEqual(['c000', 'c001', 'deep', 'c002', 'c003']);
    store.trigger.held({ held: false });
    expect(shown(store)).toEqual(['c000', 'c001', 'c002', 'c003', 'deep']);
  });

  it('is in the order that sorting all of them anew would give, whatever happened while it was held', () => {
    const id = fc.integer({ min: 0, max: 9 }).map((n) => `c${n}`);
    const item = fc.record({ id, waits: fc.boolean(), minute: fc.integer({ min: 0, max: 6 }) });
    const act = fc.oneof(
      fc.record({ held: fc.boolean() }),
      fc.record({ further: fc.boolean(), page: fc.array(item, { maxLength: 4 }) }),
      fc.record({ changed: fc.array(item, { maxLength: 3 }) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        const store = makeListStore();
        let seq = 1;
        const items = (specs: readonly { id: string; waits: boolean; minute: number }[]) =>
          specs.map(({ id: name, waits, minute }) => {
            seq += 1;
            return chat(name, { seq, waitingSince: waits ? at(minute) : null, updatedAt: at(minute) });
          });
        store.trigger.loaded({ items: [], next: null });
        for (const one of acts) {
          const before = shown(store);
          if ('held' in one) store.trigger.held(one);
          else if ('changed' in one) store.trigger.changed({ items: items(one.changed) });
          else store.trigger.loaded({ items: items(one.page), next: null, further: one.further });
          const { context } = store.getSnapshot();
          if (context.held && !('held' in one)) expect(context.shown.slice(0, before.length)).toEqual(before);
        }
        const { context } = store.getSnapshot();
        const sorted = [...context.byId.values()].sort(compareConversations).map((one) => one.id);
        if (context.pending === 0 && context.late.size === 0) expect(context.shown).toEqual(sorted);
        store.trigger.held({ held: false });
        store.trigger.flushed();
        expect(shown(store)).toEqual(sorted);
      }),
    );
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
    store.trigger.filtered({ filter: { ...NO_FILTER, q: 'velvet' } });
    expect(shown(store)).toEqual([]);
    store.trigger.loaded({ items: [item], next: null });
    expect(shown(store)).toEqual(['Layla Haddad']);
  });

  it('shows of a stage whoever is in it or in a part of it, and follows who comes to it', () => {
    const quoted = chat('quoted', { states: ['order.quoted.asked'] });
    const paid = chat('paid', { states: ['order.paid'] });
    const store = listOf(quoted, paid, chat('quoting', { states: ['order.quoting.creating'] }));
    store.trigger.filtered({ filter: { ...NO_FILTER, stage: 'quoted' } });
    expect(shown(store)).toEqual(['quoted']);
    store.trigger.changed({ items: [chat('paid', { states: ['order.quoted.considering'], seq: 2 })] });
    expect(shown(store)).toEqual(['paid', 'quoted']);
    store.trigger.filtered({ filter: { ...NO_FILTER, stage: 'paid' } });
    expect(shown(store)).toEqual([]);
  });

  it('counts those who asked for a person and have nobody', () => {
    const store = listOf(chat('n', { owner: 'waiting' }), chat('t', { owner: 'manager' }));
    expect(peopleNeeded(store.getSnapshot().context)).toBe(1);
  });

  it('forgets the quietest beyond its limit', () => {
    const many = Array.from({ length: MAX_CONVERSATIONS + SPARE_CONVERSATIONS }, (_, index) =>
      chat(`c${index}`),
    );
    const store = listOf(...many, chat('waits', { waitingSince: at(1), owner: 'waiting' }));
    const { context } = store.getSnapshot();
    expect(context.byId.size).toBe(MAX_CONVERSATIONS);
    expect(context.shown).toHaveLength(MAX_CONVERSATIONS);
    expect(context.shown[0]).toBe('waits');
    expect(peopleNeeded(context)).toBe(1);
  });
});
