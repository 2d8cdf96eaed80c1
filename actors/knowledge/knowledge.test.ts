import { type Effect, Layer, Logger, ManagedRuntime } from 'effect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localEmbedderLayer } from '../../adapters/vector/local/local-embedder.ts';
import { localStoreLayer } from '../../adapters/vector/local/local-store.ts';
import { hasArabic, speaksOnly } from '../../machines/language/language.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/postgres.ts';
import { BODY_MAX, Knowledge, type KnowledgeShape, TITLE_MAX } from './knowledge.ts';
import { SEED } from './seed.ts';

interface Replica {
  readonly knowledge: KnowledgeShape;
  readonly run: <A, E>(effect: Effect.Effect<A, E>) => Promise<A>;
  readonly stop: () => Promise<void>;
}

describe('knowledge base', () => {
  let db: TestDatabase;
  const replicas: Replica[] = [];
  const start = async (refreshMs = 60_000): Promise<Replica> => {
    const layer = Knowledge.layer({ pool: db.pool, refreshMs }).pipe(
      Layer.provide(Layer.mergeAll(localEmbedderLayer, localStoreLayer)),
    );
    const runtime = ManagedRuntime.make(Layer.mergeAll(layer, Logger.layer([])));
    const knowledge = await runtime.runPromise(Knowledge);
    const replica: Replica = {
      knowledge,
      run: (effect) => runtime.runPromise(effect),
      stop: () => runtime.dispose(),
    };
    replicas.push(replica);
    return replica;
  };

  beforeEach(async () => {
    db = await testDatabase();
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    await db.drop();
  });

  const best = async (query: string, language: 'en' | 'ar'): Promise<string | undefined> => {
    const { run, knowledge } = replicas[0] ?? (await start());
    return (await run(knowledge.search(query, language, 3)))[0]?.id;
  };

  it.each<[query: string, language: 'en' | 'ar', article: string]>([
    ['how many days for delivery to Dubai', 'en', 'seed-faq-01-en'],
    ['is delivery free?', 'en', 'seed-faq-02-en'],
    ['where is your showroom', 'en', 'seed-faq-03-en'],
    ['what guarantee do the chairs have', 'en', 'seed-faq-04-en'],
    ['do you accept instalments', 'en', 'seed-faq-05-en'],
    ['are prices with tax', 'en', 'seed-faq-06-en'],
    ['how long is the offer valid', 'en', 'seed-faq-07-en'],
    ['can you send a sample of the fabric', 'en', 'seed-faq-09-en'],
    ['who will assemble it', 'en', 'seed-faq-10-en'],
    ['can you make a special size', 'en', 'seed-faq-11-en'],
    ['any discount?', 'en', 'seed-faq-12-en'],
    ['do you ship to Saudi Arabia', 'en', 'seed-faq-17-en'],
    ['متى التوصيل وكم يوم', 'ar', 'seed-faq-01-ar'],
    ['وين معرضكم', 'ar', 'seed-faq-03-ar'],
    ['كم سنة الكفالة', 'ar', 'seed-faq-04-ar'],
    ['هل يوجد تقسيط', 'ar', 'seed-faq-05-ar'],
    ['السعر شامل الضريبة؟', 'ar', 'seed-faq-06-ar'],
    ['ممكن عينة', 'ar', 'seed-faq-09-ar'],
    ['عندكم تركيب؟', 'ar', 'seed-faq-10-ar'],
    ['ابغى تفصيل مقاس خاص', 'ar', 'seed-faq-11-ar'],
    ['توصلون السعودية؟', 'ar', 'seed-faq-17-ar'],
  ])('%s (%s) is answered by %s', async (query, language, article) => {
    await start();
    expect(await best(query, language)).toBe(article);
  });

  it('never finds a rule of behaviour, whatever is asked (domain 21.1)', async () => {
    const { run, knowledge } = await start();
    for (const rule of SEED.filter((article) => article.kind === 'rule')) {
      const hits = await run(knowledge.search(`${rule.title} ${rule.body}`, 'en', 20));
      expect(hits.filter((hit) => hit.kind === 'rule')).toEqual([]);
    }
    const listed = await run(knowledge.list({ limit: 200, kind: 'rule' }));
    expect(listed.items).toHaveLength(18);
  });

  it('answers in the customer’s language, and from the other one only when there is nothing', async () => {
    const { run, knowledge } = await start();
    const hits = await run(knowledge.search('التوصيل', 'ar', 5));
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.every((hit) => hit.language === 'ar')).toBe(true);
    await run(knowledge.put({ kind: 'faq', title: 'Do you rent whiteboards?', body: 'No.', language: 'en' }));
    expect(await run(knowledge.search('سبورة', 'ar', 1))).toMatchObject([
      { title: 'Do you rent whiteboards?' },
    ]);
    expect(await run(knowledge.search('helicopter', 'en', 5))).toEqual([]);
  });

  it('finds what was written at once, by its new words and not by its old ones', async () => {
    const { run, knowledge } = await start();
    const article = await run(
      knowledge.put({ kind: 'faq', title: 'Parking at the gate', body: 'Free.', language: 'en' }),
    );
    expect(article).toMatchObject({ version: 1 });
    expect((await run(knowledge.search('parking', 'en', 1)))[0]?.id).toBe(article?.id);
    const id = article?.id ?? '';
    const edited = await run(
      knowledge.put({ id, kind: 'faq', title: 'Elevator', body: 'Yes.', language: 'en' }),
    );
    expect(edited).toMatchObject({ id, version: 2, title: 'Elevator' });
    expect(await run(knowledge.search('parking gate', 'en', 1))).toEqual([]);
    expect((await run(knowledge.search('elevator', 'en', 1)))[0]?.id).toBe(id);
    expect(
      await run(knowledge.put({ id, kind: 'faq', title: 'Elevator', body: 'Yes.', language: 'en' })),
    ).toMatchObject({ version: 2 });
  });

  it('never retrieves what was removed, and keeps its row (domain 21.7)', async () => {
    const { run, knowledge } = await start();
    expect(await run(knowledge.remove('seed-faq-12-en'))).toBe(true);
    expect(await run(knowledge.remove('seed-faq-12-en'))).toBe(false);
    expect(await run(knowledge.remove('no-such'))).toBe(false);
    expect((await run(knowledge.search('discounts', 'en', 20))).map((hit) => hit.id)).not.toContain(
      'seed-faq-12-en',
    );
    expect(
      await run(knowledge.put({ id: 'seed-faq-12-en', kind: 'faq', title: 'x', body: 'y', language: 'en' })),
    ).toBeNull();
    expect(
      (await db.pool.query(`select deleted_at from article where article_id = 'seed-faq-12-en'`)).rows[0]
        ?.deleted_at,
    ).not.toBeNull();
  });

  it('does not put back seeded texts that the owner edited or removed', async () => {
    const { run, knowledge } = await start();
    await run(knowledge.remove('seed-faq-01-en'));
    await run(
      knowledge.put({
        id: 'seed-faq-02-en',
        kind: 'faq',
        title: 'Delivery fee',
        body: 'Ask us.',
        language: 'en',
      }),
    );
    const again = await start();
    const all = await again.run(again.knowledge.list({ limit: 200 }));
    expect(all.items.find((article) => article.id === 'seed-faq-01-en')).toBeUndefined();
    expect(all.items.find((article) => article.id === 'seed-faq-02-en')).toMatchObject({
      title: 'Delivery fee',
    });
    expect(all.items).toHaveLength(SEED.length - 1);
  });

  it('plants the seed once when replicas start together', async () => {
    await Promise.all([start(), start(), start()]);
    expect((await db.pool.query('select count(*)::int as n from article')).rows[0]?.n).toBe(SEED.length);
  });

  it('shows another replica’s change after its next look', async () => {
    const [writer, reader] = [await start(), await start(20)];
    await writer.run(writer.knowledge.put({ kind: 'faq', title: 'Trampoline', body: 'No.', language: 'en' }));
    await expect
      .poll(async () => (await reader.run(reader.knowledge.search('trampoline', 'en', 1))).length)
      .toBe(1);
  });

  it('refuses empty and endless texts and changes nothing', async () => {
    const { run, knowledge } = await start();
    const put = (title: string, body: string) =>
      run(knowledge.put({ kind: 'faq', title, body, language: 'en' }));
    await expect(put('  ', 'x')).rejects.toMatchObject({ _tag: 'ArticleInvalid', path: 'title' });
    await expect(put('x', '')).rejects.toMatchObject({ _tag: 'ArticleInvalid', path: 'body' });
    await expect(put('x'.repeat(TITLE_MAX + 1), 'x')).rejects.toMatchObject({ path: 'title' });
    await expect(put('x', 'x'.repeat(BODY_MAX + 1))).rejects.toMatchObject({ path: 'body' });
    expect((await db.pool.query('select count(*)::int as n from article')).rows[0]?.n).toBe(SEED.length);
  });

  it('lists by pages without holes, and refuses a foreign cursor', async () => {
    const { run, knowledge } = await start();
    const ids: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await run(knowledge.list({ limit: 17, ...(cursor ? { cursor } : {}) }));
      ids.push(...page.items.map((article) => article.id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(ids.toSorted()).toEqual(SEED.map((article) => article.key).toSorted());
    await expect(run(knowledge.list({ limit: 5, cursor: 'zzz' }))).rejects.toMatchObject({
      _tag: 'KnowledgeBadCursor',
    });
  });
});

describe('seed', () => {
  it('has unique keys, both languages for every fact, and texts in one language each', () => {
    expect(new Set(SEED.map((article) => article.key)).size).toBe(SEED.length);
    const facts = SEED.filter((article) => article.kind !== 'rule');
    expect(facts.filter((article) => article.language === 'ar')).toHaveLength(facts.length / 2);
    for (const article of SEED) {
      expect(speaksOnly(`${article.title}. ${article.body}`, article.language), article.key).toBe(true);
      expect(hasArabic(article.body), article.key).toBe(article.language === 'ar');
    }
  });

  it('says the same figures in both languages', () => {
    const figures = (text: string) => (text.match(/\d+/g) ?? []).toSorted();
    for (const english of SEED.filter((article) => article.key.endsWith('-en'))) {
      const arabic = SEED.find((article) => article.key === english.key.replace(/-en$/, '-ar'));
      expect(figures(arabic?.body ?? ''), english.key).toEqual(figures(english.body));
    }
  });
});
