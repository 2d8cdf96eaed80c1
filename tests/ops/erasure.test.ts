/** A person is erased: afterwards the whole database is searched for their phone, name and words (domain 20.6). */
import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTelegramDouble, type TelegramDouble } from '../../adapters/telegram/double.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  CHANNEL,
  conversationOf,
  type Doubles,
  inbound,
  type Product,
  replies,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';

const PHONE = '971507654321';
const OTHER = '971501111111';
const NAME = 'Zubaida Quillfeather';
const WORDS = 'my flamingo-coloured villa';
const ID = conversationOf(PHONE);
const AT = `/conversations/${encodeURIComponent(ID)}`;
const PAPER = 'quotations/ab/abcd/Quotation-SO-00042-R1.pdf';

let db: TestDatabase;
let doubles: Doubles;
let telegram: TelegramDouble;
let product: Product;
let dataDir: string;

beforeAll(async () => {
  db = await testDatabase();
  doubles = await startDoubles();
  telegram = await startTelegramDouble();
  dataDir = mkdtempSync(join(tmpdir(), 'treejar-erasure-'));
  product = await startProduct({
    databaseUrl: db.url,
    env: { ...doubles.env, TELEGRAM_BASE_URL: telegram.url, DATA_DIR: dataDir },
  });
});

afterAll(async () => {
  await product.stop();
  await telegram.close();
  await doubles.close();
  await db.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Tables whose rows mention the text, in the clear or as the base64 of a dead letter's id. */
const tablesWith = async (text: string): Promise<readonly string[]> => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'pgboss') and c.relkind = 'r' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hit = await db.pool.query(
      `select from ${name} as t where strpos(lower(t::text), lower($1)) > 0 limit 1`,
      [text],
    );
    if (hit.rowCount !== 0) found.push(name);
  }
  return found;
};

/** The customer as summaries know them. */
const ownerOf = async (phone: string): Promise<string> => {
  const { rows } = await db.pool.query<{ key: Buffer }>(
    `select key from keyed_hash_key where name = 'summary owner'`,
  );
  return createHmac('sha256', rows[0]?.key ?? '')
    .update(phone)
    .digest('hex');
};

/** What takes days to come about, as the product would have written it. */
const plantTraces = async (): Promise<void> => {
  const { pool } = db;
  await pool.query(
    `insert into quotation_file (conversation_id, number, revision, path, name, sha256, bytes, facts_hash, grand_total,
       valid_until, printed_at) values ($1, 'SO-00042', 1, $2, 'Q.pdf', 'x', 1, 'x', 10, '2030-01-01', now())`,
    [ID, PAPER],
  );
  mkdirSync(dirname(join(dataDir, 'media', PAPER)), { recursive: true });
  writeFileSync(join(dataDir, 'media', PAPER), NAME);
  await pool.query(
    `insert into manager_draft (alert_id, person_id, conversation_id, learn, opened_at)
     select alert_id, 'p', conversation_id, true, 1 from alert where conversation_id = $1`,
    [ID],
  );
  await pool.query(
    `insert into knowledge_candidate (candidate_id, conversation_id, question, answer, language, proposed_by, state, at)
     values ('open', $1, $2, 'Yes', 'en', 'A', 'open', 1), ('done', $1, $2, 'Yes', 'en', 'A', 'approved', 1)`,
    [ID, `Is it right for ${WORDS}?`],
  );
  await pool.query(
    `insert into conversation_summary (summary_id, conversation_id, owner, seq, covers_at, at, state, summary)
     values ('s', $1, $2, 1, 1, 1, 'done', $3)`,
    [ID, await ownerOf(PHONE), WORDS],
  );
  await pool.query(
    `insert into summary_cursor (last_at, conversation_id) values (1, $1)
     on conflict (singleton) do update set conversation_id = excluded.conversation_id`,
    [ID],
  );
  const letter = Buffer.from(JSON.stringify(['event', ID, 'x']), 'utf8').toString('base64url');
  await pool.query(
    `insert into audit_entry (at, actor_id, actor_name, action, target) values (now(), 'a', 'A', 'deadLetter.retry', $1)`,
    [letter],
  );
};

const told = async (phone: string, text: string, name: string): Promise<void> => {
  const before = replies(doubles, phone).length;
  await product.webhook({ messages: [inbound(phone, text, { contact: { name } })] });
  await until('a reply', () => replies(doubles, phone)[before]);
};

describe('erasing a person', () => {
  it('needs a sign-in, and somebody to erase', async () => {
    const bare = await product.api('POST', `${AT}/erase`, undefined, { authorization: 'Bearer wrong' });
    expect(bare.status).toBe(401);
    expect((await product.api('POST', `${AT}/erase`)).status).toBe(404);
  });

  it('leaves no trace of phone, name and words in any table, nor a paper; others keep theirs', async () => {
    await told(PHONE, `Hello, I need chairs for ${WORDS}`, NAME);
    await told(OTHER, 'Hello, I need office chairs', 'Omar Said');
    await product.webhook({
      messages: [inbound(PHONE, 'I want to talk to a human please', { contact: { name: NAME } })],
    });
    await until('the alert', async () => (await tablesWith(PHONE)).includes('public.alert'));
    expect((await product.api('POST', `${AT}/take-over`)).status).toBe(200);
    await product.webhook({ messages: [{ channelId: CHANNEL, chatId: PHONE, type: 7 }] });
    await plantTraces();
    const before = await tablesWith(PHONE);
    for (const table of ['actor', 'journal', 'mailbox', 'message', 'conversation', 'alert', 'audit_entry']) {
      expect(before).toContain(`public.${table}`);
    }
    expect(before).toEqual(
      expect.arrayContaining(['public.model_call', 'public.webhook_quarantine', 'public.summary_cursor']),
    );
    expect(before.filter((name) => name.startsWith('pgboss.'))).not.toEqual([]);
    expect(await tablesWith(WORDS)).toContain('public.knowledge_candidate');

    const answer = await product.api('POST', `${AT}/erase`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ conversations: 1, files: 1, summaries: 1 });
    for (const text of [PHONE, NAME, 'flamingo', ID]) expect(await tablesWith(text), text).toEqual([]);
    const letters = Buffer.from(JSON.stringify(['event', ID]), 'utf8')
      .toString('base64url')
      .slice(0, 40);
    expect(await tablesWith(letters)).toEqual([]);
    expect(existsSync(join(dataDir, 'media', PAPER))).toBe(false);
    expect(await tablesWith(OTHER)).toEqual(
      expect.arrayContaining(['public.actor', 'public.journal', 'public.message', 'public.conversation']),
    );

    const audit = (await product.api('GET', '/admin/audit')).body.items;
    expect(audit[0]).toMatchObject({ action: 'person.erase', target: answer.body.reference });
    expect(audit.filter(({ target }: { target: string }) => target === answer.body.reference).length).toBe(3);
    expect((await product.api('POST', `${AT}/erase`)).status).toBe(404);
  });

  // The CRM is the shop's own record and may still tell the name; only what was written to us is asked about here.
  it('begins anew when the person writes again', async () => {
    await told(PHONE, 'Hello', 'Somebody');
    const { body } = await product.api('GET', AT);
    expect(body.context.contactName).toBe('Somebody');
    const journal = (await product.api('GET', `${AT}/journal`)).body.items;
    expect(journal[0].seq).toBe(1);
    expect(journal.every(({ event }: { event: { type: string } }) => event.type !== 'manager.takeOver')).toBe(
      true,
    );
    expect(await tablesWith('flamingo')).toEqual([]);
  });
});
