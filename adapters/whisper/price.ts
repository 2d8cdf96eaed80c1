/** What a transcription cost (domain 16.5): booked by the vendor, else by its price list. */

/** US dollars a million: prices and sums are whole micro-dollars, never fractions of a float. */
const MICRO = 1_000_000;

/** OpenAI's price list per minute of sound, micro-dollars; gpt-4o's is the vendor's own estimate of its token price. */
const MICRO_USD_PER_MINUTE: Readonly<Record<string, number>> = {
  'whisper-1': 6000,
  'gpt-4o-transcribe': 6000,
  'gpt-4o-transcribe-diarize': 6000,
  'gpt-4o-mini-transcribe': 3000,
};

const SECONDS_PER_MINUTE = 60;

/** Plain decimal US dollars, up to six places; `null` when neither price nor length is known. */
export const costUsd = (booked: number | null, model: string, seconds: number | null): string | null => {
  if (booked !== null) return decimal(Math.round(booked * MICRO));
  const name = model.replace(/^openai\//, '').replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const price = MICRO_USD_PER_MINUTE[name];
  if (price === undefined || seconds === null) return null;
  // Billed by the second, rounded to the nearest.
  return decimal(Math.round((Math.round(seconds) * price) / SECONDS_PER_MINUTE));
};

const decimal = (micro: number): string =>
  (micro / MICRO)
    .toFixed(6)
    .replace(/(?<!0)0+$/, '')
    .replace(/\.$/, '');
