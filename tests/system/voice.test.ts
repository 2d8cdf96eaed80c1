/** A voice note is heard, answered in its language, and a silent one gets one polite request to type (domain 16.5). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWhisperDouble, type WhisperDouble } from '../../adapters/whisper/double.ts';
import { VOICE_SAMPLES } from '../../adapters/whisper/voice-samples.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import {
  conversationOf,
  type Doubles,
  type Product,
  replies,
  SECRET,
  startDoubles,
  startProduct,
  until,
} from '../support/product.ts';

let db: TestDatabase;
let doubles: Doubles;
let whisper: WhisperDouble;
let product: Product;

beforeAll(async () => {
  db = await testDatabase();
  doubles = await startDoubles();
  whisper = await startWhisperDouble();
  product = await startProduct({
    databaseUrl: db.url,
    env: { ...doubles.env, WHISPER_BASE_URL: whisper.url },
  });
  doubles.wazzup.setWebhook(`${product.url}/api/v1/webhook/wazzup`, SECRET);
  await until(
    'the catalog',
    async () => (await product.api('GET', '/products?limit=1')).body.items.length > 0,
  );
});

afterAll(async () => {
  await product.stop();
  await whisper.close();
  await doubles.close();
  await db.drop();
});

const sample = (name: string) => {
  const found = VOICE_SAMPLES.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no sample ${name}`);
  return found;
};

const speak = async (phone: string, name: string): Promise<string> => {
  const { bytes, fileName, mime } = sample(name);
  const contentUri = doubles.wazzup.putFile(bytes, fileName, mime);
  await doubles.wazzup.simulator.customerWrites({ chatId: phone, kind: 'audio', contentUri });
  return until('a reply', () => replies(doubles, phone)[0]?.text);
};

describe('a voice note', () => {
  it('is answered like text, and its words stand in the transcript', async () => {
    const phone = '971505000001';
    expect(await speak(phone, 'english')).toMatch(/AED|Noor/);
    const { items } = (await product.api('GET', `/conversations/${conversationOf(phone)}/messages`)).body;
    expect(items[0]).toMatchObject({ kind: 'audio', text: sample('english').text });
  });

  it('in Arabic is answered in Arabic', async () => {
    expect(await speak('971505000002', 'arabic')).toMatch(/[\u0600-\u06ff]/);
  });

  it.each(['silence', 'garbage'])('of %s gets a request to type, not an invented answer', async (name) => {
    expect(await speak(name === 'silence' ? '971505000003' : '971505000004', name)).toMatch(
      /type your request/,
    );
  });

  it('is kept while Whisper is away for a moment', async () => {
    whisper.fail('server-error', 1);
    expect(await speak('971505000005', 'english')).toMatch(/AED|Noor/);
  });
});
