/** The admin's addresses, in one place. */
export const BASE = '/admin';

export const paths = {
  conversations: `${BASE}/conversations`,
  conversation: (id: string): string => `${BASE}/conversations/${encodeURIComponent(id)}`,
  products: `${BASE}/products`,
  knowledge: `${BASE}/knowledge`,
  operations: `${BASE}/operations`,
  deadLetters: `${BASE}/parked`,
  phones: `${BASE}/phones`,
} as const;
