/** The REST side of the mock (contract 3.2), over the mock's world. */
import { belongsTo, type Tab } from '../../../admin/stores/list-order.ts';
import { isStuck } from '../../../machines/conversation/stuck.ts';
import type {
  ArticleView,
  ConversationCounts,
  ConversationSummary,
  DeadLetterView,
  SessionView,
} from '../../../runtime/api/schemas.ts';

import { contextAt } from './context.ts';
import { effectsOf } from './effects.ts';
import { heat } from './heat.ts';
import { makeHouse } from './house.ts';
import { machineView } from './machine.ts';
import { metricsAnswer } from './metrics.ts';
import { operationsAnswer, runtime, templates } from './operations.ts';
import { qualityAnswer } from './quality.ts';
import { reportsAnswer } from './reports.ts';
import type { MockPhones } from './sandbox.ts';
import { makeArticles, makeCandidates, makeDeadLetters, products, scored } from './shop.ts';
import { tellTakeOver, tellWriting } from './story.ts';
import { type Applied, applyStep, iso, type MockConversation, summaryOf } from './world.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly cookie: string;
  readonly csrf: string;
  readonly key: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly cookie?: string;
}

export const MOCK_EMAIL = 'aisha@treejar.test';
export const MOCK_PASSWORD = 'correct horse battery';
export const MOCK_LINK = 'one-time-link';
const CSRF = 'mock-csrf';
const COOKIE = 'treejar_session';

const session: SessionView = {
  email: MOCK_EMAIL,
  name: 'Aisha Rahman',
  role: 'admin',
  csrfToken: CSRF,
  sandbox: true,
  version: '0.1.0',
};

const ok = (body: unknown, status = 200): Answer => ({ status, body });
const fail = (status: number, code: string, message: string, issues: readonly object[] = []): Answer => ({
  status,
  body: { error: { code, message, issues } },
});
const notFound = (): Answer => fail(404, 'not_found', 'There is nothing at this address.');

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const digits = (value: string): string => value.replace(/\D/g, '');

const order = (left: ConversationSummary, right: ConversationSummary): number => {
  const waiting = (left.waitingSince ?? '9').localeCompare(right.waitingSince ?? '9');
  return waiting !== 0 ? waiting : right.updatedAt.localeCompare(left.updatedAt);
};

const matches = (item: ConversationSummary, query: URLSearchParams): boolean => {
  const q = (query.get('q') ?? '').toLowerCase();
  const said = [item.name, item.phone, item.lastMessage?.text].join('\n').toLowerCase();
  const number = digits(q);
  const state = query.get('state');
  return (
    (!query.has('owner') || item.owner === query.get('owner')) &&
    (!query.has('language') || item.language === query.get('language')) &&
    (!query.has('waiting') || (query.get('waiting') === 'true') === (item.waitingSince !== null)) &&
    (query.get('stuck') !== 'true' || isStuck(item, Date.now())) &&
    (state === null || item.states.some((one) => `${one}.`.startsWith(`${state}.`))) &&
    (q === '' || said.includes(q) || (number.length >= 3 && digits(item.phone ?? '').includes(number)))
  );
};

const countsOf = (items: readonly ConversationSummary[]): ConversationCounts => {
  const now = Date.now();
  const of = (tab: Tab): number => items.filter((item) => belongsTo(tab, item, now)).length;
  return {
    all: of('all'),
    needs: of('needs'),
    bot: of('bot'),
    customer: of('customer'),
    stuck: of('stuck'),
    max: 1000,
  };
};

/** A page by offset; the mock's cursor is the offset in digits. */
const page = <T>(items: readonly T[], query: URLSearchParams): Answer => {
  const from = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const next = from + limit < items.length ? String(from + limit) : null;
  return ok({ items: items.slice(from, from + limit), next });
};

/** What a template says with its values, as the server stores it. */
const templateText = (use: unknown): string => {
  const { id, values } = use as { readonly id: string; readonly values: readonly string[] };
  const template = templates(Date.now()).find((one) => one.id === id);
  return (template?.text ?? '').replace(/\{\{(\d+)\}\}/g, (_, number) => values[Number(number) - 1] ?? '');
};

export interface RoutesDeps {
  readonly conversations: ReadonlyMap<string, MockConversation>;
  readonly phones: MockPhones;
  readonly publish: (conversation: MockConversation, applied: Applied) => void;
}

export interface Routes {
  readonly answer: (asked: Asked) => Answer;
  /** Signs everybody out, as an expired session would. */
  readonly endSessions: () => void;
  readonly newestFirst: () => readonly MockConversation[];
}

export const makeRoutes = ({ conversations, phones, publish }: RoutesDeps): Routes => {
  const articles: (typeof ArticleView.Type)[] = makeArticles(Date.now());
  const letters: (typeof DeadLetterView.Type)[] = makeDeadLetters(Date.now());
  const candidates = makeCandidates();
  const house = makeHouse();
  const links = new Set([MOCK_LINK]);
  const sessionIds = new Set<string>();

  const sessionOf = ({ cookie }: Asked): string => /treejar_session=(\w+)/.exec(cookie)?.[1] ?? '';
  const begin = (): Answer => {
    const id = `mock${sessionIds.size + 1}`;
    sessionIds.add(id);
    return { ...ok(session), cookie: `${COOKIE}=${id}` };
  };

  const newestFirst = (): readonly MockConversation[] =>
    [...conversations.values()].sort((left, right) => order(summaryOf(left.detail), summaryOf(right.detail)));

  const sessions = (asked: Asked): Answer => {
    const { method, path, body } = asked;
    if (path === '/session/link') {
      if (!links.delete(text(body.token))) return fail(401, 'bad_link', 'This link was used or is too old.');
      return begin();
    }
    if (method === 'POST') {
      if (body.email !== MOCK_EMAIL || body.password !== MOCK_PASSWORD) {
        return fail(401, 'wrong_password', 'The e-mail or the password is wrong.');
      }
      return begin();
    }
    if (!sessionIds.has(sessionOf(asked))) return fail(401, 'unauthorized', 'Sign in first.');
    if (method === 'DELETE') {
      sessionIds.delete(sessionOf(asked));
      return { status: 204, body: null, cookie: `${COOKIE}=; Max-Age=0` };
    }
    return ok(session);
  };

  const act = (conversation: MockConversation, verb: string, { body }: Asked): Answer => {
    const { detail } = conversation;
    if (verb === 'pause' || verb === 'resume') {
      const paused = verb === 'pause';
      conversation.detail = { ...detail, paused, parked: paused ? text(body.reason) : null };
      return ok(conversation.detail);
    }
    const events: Readonly<Record<string, string>> = {
      'take-over': 'manager.takeOver',
      release: 'manager.release',
      messages: 'manager.reply',
      notes: 'manager.note',
      close: 'manager.close',
    };
    if (!detail.allowedEvents.includes(events[verb] ?? '')) {
      return fail(409, 'not_allowed', 'The conversation is in another state now. Look again, then decide.');
    }
    if (verb === 'take-over') {
      const { returnInMs } = body;
      tellTakeOver(
        conversation,
        Date.now(),
        session.name,
        typeof returnInMs === 'number' ? returnInMs : undefined,
      );
    } else if (verb === 'release') {
      applyStep(conversation, {
        cause: 'manager',
        importance: 2,
        event: 'manager.release',
        data: { note: body.note ?? null },
        title: 'A manager gave the chat back',
        states: { owner: 'owner.bot' },
        detail: { owner: 'bot', ownerName: null, timers: [] },
      });
    } else if (verb === 'close') {
      applyStep(conversation, {
        cause: 'manager',
        importance: 2,
        event: 'manager.close',
        title: 'A manager closed the conversation',
      });
    } else {
      tellWriting(
        conversation,
        verb === 'notes' ? 'note' : 'manager',
        session.name,
        text(body.text) || templateText(body.template),
        Date.now(),
      );
    }
    const row = conversation.rows.at(-1);
    if (row !== undefined) {
      publish(conversation, {
        row,
        messages: conversation.messages.filter((message) => message.seq === row.seq),
      });
    }
    return ok(conversation.detail);
  };

  const conversationRoutes = (asked: Asked): Answer => {
    const [, , encoded, verb] = asked.path.split('/');
    if (encoded === undefined) {
      const items = newestFirst().map(({ detail }) => summaryOf(detail));
      return page(
        items.filter((item) => matches(item, asked.query)),
        asked.query,
      );
    }
    if (encoded === 'counts') return ok(countsOf(newestFirst().map(({ detail }) => summaryOf(detail))));
    const conversation = conversations.get(decodeURIComponent(encoded));
    if (conversation === undefined) return fail(404, 'not_found', 'There is no such conversation.');
    if (asked.method === 'POST') return act(conversation, verb ?? '', asked);
    if (verb === undefined) return ok(conversation.detail);
    if (verb === 'messages') return ok({ items: conversation.messages, next: null });
    if (verb === 'effects') return ok(effectsOf(conversation, asked.query));
    if (verb === 'snapshot') {
      const at = Number(asked.query.get('at'));
      const row = conversation.rows.find(({ seq }) => seq === at);
      return row === undefined ? notFound() : ok({ value: {}, context: contextAt(conversation, at) });
    }
    if (verb !== 'journal') return notFound();
    const since = Number(asked.query.get('since') ?? 0);
    const rows = conversation.rows.filter((row) => row.seq > since);
    return ok({ items: rows.slice(0, Number(asked.query.get('limit') ?? 50)), next: null });
  };

  const productRoutes = ({ path, query, method }: Asked): Answer => {
    if (path === '/products/search') {
      const words = (query.get('q') ?? '').toLowerCase();
      const hits = products.filter((one) =>
        [one.sku, one.name, one.nameAr].join(' ').toLowerCase().includes(words),
      );
      return ok({ items: hits.map(scored), next: null });
    }
    if (path === '/products/sync' && method === 'POST') return ok({ id: 'run-1' }, 202);
    if (path.startsWith('/products/sync/')) {
      const at = iso(Date.now());
      return ok({
        id: 'run-1',
        status: 'done',
        phase: null,
        seen: 8,
        changed: 1,
        deactivated: 0,
        embedded: 1,
        error: null,
        startedAt: at,
        finishedAt: at,
      });
    }
    return page(products, query);
  };

  const candidateRoutes = (asked: Pick<Asked, 'path' | 'query' | 'method' | 'body'>): Answer => {
    if (asked.method === 'GET') return page(candidates, asked.query);
    const [, , , id, verb] = asked.path.split('/');
    const [candidate] = candidates.splice(
      candidates.findIndex((one) => one.id === id),
      1,
    );
    if (candidate === undefined) return notFound();
    if (verb === 'reject') return ok({ ok: true });
    articles.unshift({
      id: `a${articles.length + 1}`,
      kind: 'faq',
      title: text(asked.body.title),
      body: text(asked.body.body),
      language: candidate.language,
      updatedAt: iso(Date.now()),
    });
    return ok({ articleId: articles[0]?.id });
  };

  const knowledgeRoutes = ({ path, query, method, body }: Asked): Answer => {
    const id = path.split('/')[2];
    if (id === 'candidates') return candidateRoutes({ path, query, method, body });
    if (id === 'search') {
      const word = (query.get('q') ?? '').toLowerCase();
      const hits = articles.filter((article) =>
        `${article.title} ${article.body}`.toLowerCase().includes(word),
      );
      return ok({ items: hits.map((article) => ({ ...article, score: 0.81 })), next: null });
    }
    if (method === 'GET') return page(articles, query);
    const index = articles.findIndex((article) => article.id === id);
    if (method === 'DELETE') {
      if (index === -1) return notFound();
      articles.splice(index, 1);
      return { status: 204, body: null };
    }
    if (text(body.title).trim() === '') {
      return fail(422, 'invalid', 'Some fields are not right.', [
        { path: 'title', message: 'Write a title.' },
      ]);
    }
    const article = {
      id: id ?? `a${articles.length + 1}`,
      kind: body.kind as 'faq',
      title: text(body.title),
      body: text(body.body),
      language: body.language as 'en',
      updatedAt: iso(Date.now()),
    };
    articles.splice(index === -1 ? 0 : index, index === -1 ? 0 : 1, article);
    return ok(article, index === -1 ? 201 : 200);
  };

  const letterRoutes = ({ path, query, method }: Asked): Answer => {
    if (method === 'GET') return page(letters, query);
    const index = letters.findIndex((letter) => letter.id === path.split('/')[3]);
    if (index === -1) return fail(404, 'not_found', 'It is not parked any more.');
    letters.splice(index, 1);
    return ok({ ok: true });
  };

  const sandboxRoutes = ({ path, method, body }: Asked): Answer => {
    const [, , , chatId, verb] = path.split('/');
    if (chatId === undefined) return ok({ items: phones.chats(), next: null });
    if (method === 'GET') return ok({ items: phones.chat(chatId), next: null });
    if (verb === 'read') phones.read(chatId);
    else if (verb === 'manager')
      phones.add(chatId, { from: 'business', author: 'manager', text: text(body.text) });
    else {
      const kind = body.kind === 'image' || body.kind === 'audio' ? body.kind : 'text';
      const { id } = phones.add(chatId, { from: 'customer', text: text(body.text), kind }, text(body.name));
      setTimeout(
        () => phones.add(chatId, { from: 'business', author: 'api', text: 'Hello! I am Noor from Treejar.' }),
        150,
      );
      return ok({ messageId: id }, 201);
    }
    return ok({ ok: true });
  };

  const answer = (asked: Asked): Answer => {
    if (asked.path.startsWith('/session')) return sessions(asked);
    if (!sessionIds.has(sessionOf(asked))) return fail(401, 'unauthorized', 'Sign in first.');
    if (asked.method !== 'GET' && asked.csrf !== CSRF)
      return fail(403, 'csrf', 'Reload the page and try again.');
    if (asked.path.startsWith('/conversations')) return conversationRoutes(asked);
    if (asked.path === '/machines/conversation') return ok(machineView);
    if (asked.path === '/machines/conversation/heat') return ok(heat);
    if (asked.path === '/machines/conversation/conversations') {
      return ok({
        items: newestFirst()
          .map(({ detail }) => summaryOf(detail))
          .slice(0, 3),
        next: null,
      });
    }
    if (asked.path.startsWith('/products')) return productRoutes(asked);
    if (asked.path.startsWith('/knowledge')) return knowledgeRoutes(asked);
    if (asked.path.startsWith('/admin/dead-letters')) return letterRoutes(asked);
    if (asked.path === '/admin/metrics')
      return ok(metricsAnswer(asked.query, runtime, newestFirst(), Date.now()));
    const kept = house(asked);
    if (kept !== null) return kept;
    const operations = operationsAnswer(asked.path, Date.now());
    if (operations !== null) return ok(operations);
    if (asked.path.startsWith('/sandbox')) return sandboxRoutes(asked);
    const report = reportsAnswer(asked);
    if (report !== null) return ok(report);
    const quality = qualityAnswer(asked, conversations);
    if (quality !== null) return ok(quality);
    return notFound();
  };

  return {
    answer,
    newestFirst,
    endSessions: () => sessionIds.clear(),
  };
};
