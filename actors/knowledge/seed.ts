/** What a fresh installation knows. The owner edits it in the admin; an edited or removed text is not put back. */
import type { SeedArticle } from './knowledge.ts';
import { FAQ } from './seed-faq.ts';
import { RULES } from './seed-rules.ts';
import { VALUES } from './seed-values.ts';

export const SEED: readonly SeedArticle[] = [...FAQ, ...VALUES, ...RULES];
