/** The mock's prompts, settings, people and queues: small, changeable, as the API says them. */
import type {
  ArmedTimerView,
  JobQueueView,
  PromptTrialView,
  PromptView,
  UserView,
} from '../../../runtime/api/house-schemas.ts';
import type { OutreachTouchView } from '../../../runtime/api/outreach-schemas.ts';
import type { AuditView, SettingsChangeView } from '../../../runtime/api/schemas.ts';
import { DEFAULT_SETTINGS, mergeSettings } from '../../../runtime/api/settings-schema.ts';
import type { Answer, Asked } from './routes.ts';
import { iso } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const ok = (body: unknown, status = 200): Answer => ({ status, body });
const list = (items: readonly unknown[]): Answer => ok({ items, next: null });
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const makePrompts = (now: number): PromptView[] => {
  const made = (
    section: string,
    version: number,
    body: string,
    over: Partial<PromptView> = {},
  ): PromptView => ({
    id: `${section}@${version}`,
    section,
    version,
    body,
    note: null,
    createdBy: 'system',
    createdAt: iso(now - 30 * DAY),
    active: false,
    ...over,
  });
  const persona =
    'You are {{assistantName}}: warm, quick, competent, never pushy.\nYou write like a good salesperson on WhatsApp.';
  return [
    made('persona', 1, persona, { note: 'shipped with the product' }),
    made('persona', 2, `${persona}\nYou are curious about the task behind the request.`, {
      active: true,
      createdBy: 'Aisha Rahman',
      createdAt: iso(now - 3 * DAY),
      note: 'Ask what the furniture is for',
    }),
    made('rules', 1, 'Answer what was asked first.\nEvery price must come from a tool result.', {
      active: true,
    }),
    made('style', 1, 'Name at most three items in one message.', { active: true }),
  ];
};

const makeUsers = (now: number): UserView[] => [
  {
    id: 'u1',
    email: 'aisha@treejar.test',
    name: 'Aisha Rahman',
    role: 'admin',
    hasPassword: true,
    disabledAt: null,
    createdAt: iso(now - 90 * DAY),
    lastSignIn: iso(now - 2 * HOUR),
  },
  {
    id: 'u2',
    email: 'bilal@treejar.test',
    name: 'Bilal Khan',
    role: 'manager',
    hasPassword: true,
    disabledAt: null,
    createdAt: iso(now - 40 * DAY),
    lastSignIn: iso(now - 26 * HOUR),
  },
  {
    id: 'u3',
    email: 'guest@treejar.test',
    name: 'Guest',
    role: 'viewer',
    hasPassword: false,
    disabledAt: iso(now - DAY),
    createdAt: iso(now - 5 * DAY),
    lastSignIn: null,
  },
];

const audit = (now: number): readonly (typeof AuditView.Type)[] => [
  {
    id: '3',
    at: iso(now - HOUR),
    actor: 'Aisha Rahman',
    action: 'prompt.activate',
    target: 'persona@2',
    before: null,
    after: null,
  },
  {
    id: '2',
    at: iso(now - 5 * HOUR),
    actor: 'Bilal Khan',
    action: 'conversation.takeOver',
    target: 'wz:main:971500000117',
    before: { owner: 'bot' },
    after: { owner: 'manager' },
  },
];

const timers = (now: number): readonly ArmedTimerView[] => [
  {
    conversationId: 'wz:main:971500000101',
    timerId: 'outreach.1',
    label: 'Follow-up after the quotation',
    kind: 'conversation',
    dueAt: iso(now + 3 * HOUR),
  },
];

const jobs = (now: number): readonly JobQueueView[] => [
  {
    name: 'catalog-sync',
    cron: '0 */6 * * *',
    timeZone: 'Asia/Dubai',
    queued: 0,
    deferred: 1,
    active: 0,
    failed: 0,
    countedAt: iso(now - 20_000),
    lastState: 'completed',
    lastAt: iso(now - 2 * HOUR),
  },
  {
    name: 'retention',
    cron: '30 4 * * *',
    timeZone: 'Asia/Dubai',
    queued: 0,
    deferred: 0,
    active: 0,
    failed: 2,
    countedAt: iso(now - 20_000),
    lastState: 'failed',
    lastAt: iso(now - 9 * HOUR),
  },
];

const touches = (now: number): readonly OutreachTouchView[] => [
  {
    conversationId: 'wz:main:971500000101',
    name: 'Layla Haddad',
    language: 'en',
    kind: 'follow_up',
    step: 1,
    dueAt: iso(now + 3 * HOUR),
    at: iso(now + 3 * HOUR),
    verdict: 'send',
    reason: null,
    detail: null,
    text: 'Hello Layla, does the offer suit you?',
    templateId: null,
  },
  {
    conversationId: 'wz:main:971500000104',
    name: 'ناصر الكعبي',
    language: 'ar',
    kind: 'follow_up',
    step: 2,
    dueAt: iso(now + 20 * HOUR),
    at: iso(now + 20 * HOUR),
    verdict: 'blocked',
    reason: 'no_template',
    detail: null,
    text: null,
    templateId: null,
  },
];

const trial = (now: number): PromptTrialView => ({
  seq: 12,
  at: iso(now - HOUR),
  question: 'Hi, do you sell office chairs?',
  promptVersions: ['persona@0', 'rules@1', 'style@1'],
  before: { text: 'Hello! I am Noor from Treejar. Yes, we do.', tools: [] },
  after: { text: 'Hello, I am Noor. What are the chairs for? From AED 99.', tools: [] },
  faults: ['The price 99 is in no list of this turn; leave it out or call a tool.'],
  model: 'sandbox',
  costUsd: '0.0004',
});

/** Answers for these paths; null for all others. */
export const makeHouse = () => {
  const now = Date.now();
  const prompts = makePrompts(now);
  const users = makeUsers(now);
  const changes: (typeof SettingsChangeView.Type)[] = [];
  let settings: unknown = DEFAULT_SETTINGS;

  const inForce = (prompt: PromptView): PromptView => {
    for (const [at, other] of prompts.entries()) {
      if (other.section === prompt.section) prompts[at] = { ...other, active: other.id === prompt.id };
    }
    return { ...prompt, active: true };
  };
  const save = ({ body }: Asked): Answer => {
    const section = text(body.section);
    const version =
      1 + Math.max(0, ...prompts.filter((one) => one.section === section).map((one) => one.version));
    const made: PromptView = {
      id: `${section}@${version}`,
      section,
      version,
      body: text(body.body),
      note: typeof body.note === 'string' ? body.note : null,
      createdBy: 'Aisha Rahman',
      createdAt: iso(Date.now()),
      active: false,
    };
    prompts.push(made);
    return ok(body.activate === false ? made : inForce(made), 201);
  };
  const promptRoutes = (asked: Asked): Answer => {
    const { method, path, query } = asked;
    if (path === '/admin/prompts/trial') return ok(trial(now));
    if (path.endsWith('/activate')) {
      const id = decodeURIComponent(path.split('/')[3] ?? '');
      const found = prompts.find((one) => one.id === id);
      return found === undefined ? { status: 404, body: {} } : ok(inForce(found));
    }
    if (method === 'POST') return save(asked);
    const section = query.get('section');
    return list(
      prompts
        .filter(
          (one) => (section === null || one.section === section) && (!query.has('active') || one.active),
        )
        .sort((left, right) => right.version - left.version),
    );
  };
  const settingsRoutes = ({ method, body }: Asked): Answer => {
    if (method === 'GET') return ok(settings);
    const context = (body.conversation as { maxContextMessages?: number } | undefined)?.maxContextMessages;
    if (context !== undefined && (context < 1 || context > 100)) {
      const issues = [
        { path: 'conversation.maxContextMessages', message: 'Expected a value between 1 and 100' },
      ];
      return {
        status: 422,
        body: { error: { code: 'unprocessable', message: 'Correct what is named in issues.', issues } },
      };
    }
    settings = mergeSettings(settings, body);
    changes.unshift({
      id: String(changes.length + 1),
      at: iso(Date.now()),
      actor: 'Aisha Rahman',
      patch: body,
    });
    return ok(settings);
  };
  const userRoutes = ({ method, path, body }: Asked): Answer => {
    if (method === 'GET') return list(users);
    const link = { path: '/admin/?link=made-by-the-mock', expiresAt: iso(Date.now() + 30 * 60_000) };
    if (path.endsWith('/reset')) return ok(link);
    if (method === 'PATCH') {
      const at = users.findIndex((user) => user.id === path.split('/')[3]);
      const user = users[at];
      if (user === undefined) return { status: 404, body: {} };
      const disabledAt =
        body.disabled === undefined ? user.disabledAt : body.disabled === true ? iso(now) : null;
      users[at] = { ...user, ...(body as Partial<UserView>), disabledAt };
      return ok(users[at]);
    }
    const user: UserView = {
      id: `u${users.length + 1}`,
      email: text(body.email),
      name: text(body.name),
      role: body.role as UserView['role'],
      hasPassword: false,
      disabledAt: null,
      createdAt: iso(Date.now()),
      lastSignIn: null,
    };
    users.push(user);
    return ok({ user, link }, 201);
  };
  const queues = [...jobs(now)];
  const runJob = ({ path }: Asked): Answer => {
    const at = queues.findIndex(({ name }) => path === `/admin/jobs/${encodeURIComponent(name)}/run`);
    const job = queues[at];
    if (job === undefined) return { status: 404, body: {} };
    queues[at] = { ...job, lastState: 'completed', lastAt: iso(Date.now()), failed: 0 };
    return ok({ status: 'started', count: 1 }, 202);
  };
  return (asked: Asked): Answer | null => {
    const { path, query } = asked;
    if (path.startsWith('/admin/prompts')) return promptRoutes(asked);
    if (path === '/admin/settings/history') return list(changes);
    if (path === '/admin/settings') return settingsRoutes(asked);
    if (path.startsWith('/admin/users')) return userRoutes(asked);
    if (path === '/admin/audit')
      return list(audit(now).filter(({ action }) => action.startsWith(query.get('action') ?? '')));
    if (path === '/admin/timers') return list(timers(now));
    if (path === '/admin/jobs') return list(queues);
    if (path.startsWith('/admin/jobs/') && path.endsWith('/run')) return runJob(asked);
    if (path === '/outreach/due') return list(touches(now));
    return null;
  };
};
