/** What is photographed: each page as it is at work, and each page with nothing in it, failing, and cut off. */
import type { Page } from 'playwright-core';

const LAYLA = 'wz:main:971500000101';
const NASSER = 'wz:main:971500000104';
const OMAR = 'wz:main:971500000117';
const GRACE = 'wz:main:971500000123';
const SHUT = 'wz:main:971500000131';

export interface Shot {
  readonly name: string;
  readonly path: string;
  /** The picture is of interest once this is there. */
  readonly ready: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const conversation = (id: string): string => `/admin/conversations/${encodeURIComponent(id)}`;

/** On a phone one pane is seen at a time; a step behind the chat is there, but not in sight. */
const attached = (page: Page, selector: string): Promise<void> =>
  page.locator(selector).first().waitFor({ state: 'attached' });

const why = async (page: Page): Promise<void> => {
  await page.locator('.from-bot .bubble').last().hover();
  await page.locator('.from-bot .why').last().click();
  await page.locator('.step-details').first().waitFor();
  await page.locator('.why-body').waitFor();
};

const statechart = async (page: Page): Promise<void> => {
  await attached(page, '.step');
  await page.keyboard.press('m');
  await page.locator('.chart-state.is-current').first().waitFor();
};

const inWords = async (page: Page): Promise<void> => {
  await statechart(page);
  await page.locator('.region-about .link-button').click();
  await page.locator('.region-tree').waitFor();
};

const replay = async (page: Page): Promise<void> => {
  await statechart(page);
  await page.keyboard.press('y');
  await page.locator('.replay').waitFor();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('[');
};

const memory = async (page: Page): Promise<void> => {
  await replay(page);
  await page.keyboard.press('m');
  await page.locator('.memory-area').first().waitFor();
};

const takenOver = async (page: Page): Promise<void> => {
  await page.keyboard.press('t');
  await page.locator('.owner-line.is-manager').waitFor();
  await page.locator('.composer textarea').fill('Hello Omar, this is Aisha. I am calling the driver now.');
};

/** For half an hour of silence instead of the house's eight hours. */
const takenOverFor = async (page: Page): Promise<void> => {
  await page.locator('.take-over-for select').selectOption(String(30 * 60_000));
  await page.locator('.owner-line.is-manager').waitFor();
};

const atStage = async (page: Page): Promise<void> => {
  await page.locator('.list-search select').first().selectOption('quoted');
  await page.locator('.row', { hasText: 'Omar Nasser' }).waitFor({ state: 'detached' });
};

const givingBack = async (page: Page): Promise<void> => {
  await page.locator('.owner-line.is-manager').waitFor();
  await page.keyboard.press('b');
  await page.locator('dialog[open] textarea').fill('Delivery agreed for Thursday, 10 % approved by Omar.');
};

const choosingTemplate = async (page: Page): Promise<void> => {
  await page.locator('.window-shut button').click();
  await page.locator('dialog[open] .template-choice button').first().waitFor();
};

const palette = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+KeyK');
  await page.locator('.palette-item').first().waitFor();
};

const openTab =
  (at: number, ready: string) =>
  async (page: Page): Promise<void> => {
    await page.locator('[role=tab]').nth(at).click();
    await page.locator(ready).first().waitFor();
  };

const openScope =
  (at: number, ready: string) =>
  async (page: Page): Promise<void> => {
    await page.locator('.page .segment').nth(at).click();
    await page.locator(ready).first().waitFor();
  };

const review = async (page: Page): Promise<void> => {
  await page.locator('.table .link-button').first().click();
  await page.locator('.quality-quotes').first().waitFor();
};

const trial = async (page: Page): Promise<void> => {
  const field = page.locator('.prompt-editor textarea');
  await field.fill(`${await field.inputValue()}\nOffer a sample visit to the showroom.`);
  await page.locator('.trial-ask button').click();
  await page.locator('.trial-verdict').waitFor();
};

const clicked =
  (button: string, ready: string) =>
  async (page: Page): Promise<void> => {
    await page.locator(button).first().click();
    await page.locator(ready).first().waitFor();
  };

const typed =
  (field: string, words: string, ready: string) =>
  async (page: Page): Promise<void> => {
    await page.locator(field).first().fill(words);
    await page.locator(ready).first().waitFor();
  };

/** The statechart's socket says what it says of a real conversation, redacted. */
const frames = async (page: Page): Promise<void> => {
  const at = Date.now();
  const [sessionId, rootId] = ['x:0', 'x:0'];
  const frame = (index: number, type: string, more: object): string =>
    JSON.stringify({ type, sessionId, rootId, createdAt: String(at + index * 400), ...more });
  await page.routeWebSocket(/\/api\/v1\/inspect/, (socket) => {
    socket.send(frame(0, '@xstate.actor', { snapshot: { value: { turn: 'idle' } } }));
    for (const [index, type] of [
      'customer.message',
      'xstate.after.debounce.turn',
      'xstate.done.actor.brief',
    ].entries()) {
      socket.send(frame(2 * index + 1, '@xstate.event', { event: { type } }));
      socket.send(frame(2 * index + 2, '@xstate.snapshot', { event: { type }, snapshot: { context: {} } }));
    }
  });
  await page.reload();
  await page.locator('.frames li').nth(5).waitFor();
};

export const SHOTS: readonly Shot[] = [
  { name: 'list', path: '/admin/conversations', ready: '.row' },
  { name: 'stage', path: '/admin/conversations', ready: '.row', prepare: atStage },
  { name: 'palette', path: '/admin/conversations', ready: '.row', prepare: palette },
  {
    name: 'keys',
    path: '/admin/conversations',
    ready: '.row',
    prepare: async (page) => {
      await page.keyboard.press('Shift+?');
      await page.locator('.key-sheet').waitFor();
    },
  },
  { name: 'menu', path: '/admin/conversations', ready: '.row', prepare: clicked('.rail-me', '.menu-who') },
  { name: 'conversation', path: conversation(LAYLA), ready: '.bubble' },
  { name: 'why', path: conversation(LAYLA), ready: '.bubble', prepare: why },
  { name: 'statechart', path: conversation(LAYLA), ready: '.bubble', prepare: statechart },
  { name: 'statechart-words', path: conversation(LAYLA), ready: '.bubble', prepare: inWords },
  { name: 'replay', path: conversation(LAYLA), ready: '.bubble', prepare: replay },
  { name: 'memory', path: conversation(LAYLA), ready: '.bubble', prepare: memory },
  { name: 'arabic-chat', path: conversation(NASSER), ready: '.bubble' },
  { name: 'manager', path: conversation(GRACE), ready: '.bubble' },
  { name: 'give-back', path: conversation(GRACE), ready: '.bubble', prepare: givingBack },
  { name: 'window-shut', path: conversation(SHUT), ready: '.window-shut' },
  { name: 'template', path: conversation(SHUT), ready: '.window-shut', prepare: choosingTemplate },
  { name: 'inspector', path: `/admin/inspect/${encodeURIComponent(LAYLA)}`, ready: 'h1', prepare: frames },
  { name: 'overview', path: '/admin/overview', ready: '.metric' },
  {
    name: 'overview-behind',
    path: '/admin/overview',
    ready: '.metric',
    prepare: clicked('[data-metric="conversations"]', '.behind tbody tr'),
  },
  { name: 'products', path: '/admin/products', ready: '.table' },
  {
    name: 'products-search',
    path: '/admin/products',
    ready: '.table',
    prepare: typed('input[type=search]', 'forma', '.table tbody tr'),
  },
  { name: 'knowledge', path: '/admin/knowledge', ready: '.article' },
  {
    name: 'would-find',
    path: '/admin/knowledge',
    ready: '.article',
    prepare: typed('.would-find input', 'delivery', '.found li'),
  },
  {
    name: 'article',
    path: '/admin/knowledge',
    ready: '.article',
    prepare: clicked('.page-head .button.is-primary', 'dialog[open] textarea'),
  },
  { name: 'prompts', path: '/admin/prompts', ready: '.prompt-editor' },
  { name: 'prompt-trial', path: '/admin/prompts', ready: '.prompt-editor', prepare: trial },
  { name: 'queues', path: '/admin/queues', ready: '.letter' },
  { name: 'follow-ups', path: '/admin/queues', ready: '.letter', prepare: openTab(1, '.touch-text') },
  { name: 'timers', path: '/admin/queues', ready: '.letter', prepare: openTab(2, '.tab-panel tbody tr') },
  { name: 'jobs', path: '/admin/queues', ready: '.letter', prepare: openTab(3, '.tab-panel tbody tr') },
  { name: 'machine', path: '/admin/machine', ready: '.heat-now' },
  {
    name: 'machine-behind',
    path: '/admin/machine',
    ready: '.heat-now',
    prepare: clicked('.heat-table td .link-button', '.behind-list a'),
  },
  { name: 'quality', path: '/admin/quality', ready: '.quality-score' },
  {
    name: 'quality-managers',
    path: '/admin/quality',
    ready: '.quality-score',
    prepare: openScope(1, '.quality-manager'),
  },
  { name: 'quality-flags', path: '/admin/quality', ready: '.quality-score', prepare: openScope(2, '.chip') },
  { name: 'review', path: '/admin/quality', ready: '.quality-score', prepare: review },
  {
    name: 'reports',
    path: '/admin/reports',
    ready: '.report-open',
    prepare: clicked('.report-open', '.report-tiles'),
  },
  { name: 'operations', path: '/admin/operations', ready: '.ops-vendors' },
  {
    name: 'vendors',
    path: '/admin/operations',
    ready: '.ops-vendors',
    prepare: (page) => page.locator('.ops-vendors').scrollIntoViewIfNeeded(),
  },
  { name: 'settings', path: '/admin/settings', ready: '.setting' },
  { name: 'settings-history', path: '/admin/settings', ready: '.setting', prepare: openTab(1, '.tab-panel') },
  { name: 'people', path: '/admin/people', ready: '.table' },
  { name: 'audit', path: '/admin/people', ready: '.table', prepare: openTab(1, 'tbody tr') },
  { name: 'phones', path: '/admin/phones', ready: '.phone' },
  // Changes the shop: last.
  { name: 'take-over', path: conversation(OMAR), ready: '.bubble', prepare: takenOver },
  { name: 'take-over-for', path: conversation(LAYLA), ready: '.bubble', prepare: takenOverFor },
];

/** Each page once, to be seen with nothing in it, failing, and cut off. */
export const PLACES: readonly (readonly [name: string, path: string])[] = [
  ['list', '/admin/conversations'],
  ['conversation', conversation(LAYLA)],
  ['overview', '/admin/overview'],
  ['products', '/admin/products'],
  ['knowledge', '/admin/knowledge'],
  ['prompts', '/admin/prompts'],
  ['queues', '/admin/queues'],
  ['machine', '/admin/machine'],
  ['quality', '/admin/quality'],
  ['reports', '/admin/reports'],
  ['operations', '/admin/operations'],
  ['settings', '/admin/settings'],
  ['people', '/admin/people'],
  ['phones', '/admin/phones'],
  ['inspector', `/admin/inspect/${encodeURIComponent('wz:main:000')}`],
  ['not-found', '/admin/nowhere'],
];
