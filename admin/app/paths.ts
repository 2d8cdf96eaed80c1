/** The admin's addresses, in one place. */
export const BASE = '/admin';

export const paths = {
  overview: `${BASE}/overview`,
  conversations: `${BASE}/conversations`,
  conversation: (id: string): string => `${BASE}/conversations/${encodeURIComponent(id)}`,
  /** The conversation, with one of its messages in sight. */
  message: (id: string, messageId: string): string =>
    `${BASE}/conversations/${encodeURIComponent(id)}?message=${encodeURIComponent(messageId)}`,
  products: `${BASE}/products`,
  knowledge: `${BASE}/knowledge`,
  machine: `${BASE}/machine`,
  inspect: (id: string): string => `${BASE}/inspect/${encodeURIComponent(id)}`,
  operations: `${BASE}/operations`,
  quality: `${BASE}/quality`,
  reports: `${BASE}/reports`,
  deadLetters: `${BASE}/parked`,
  queues: `${BASE}/queues`,
  prompts: `${BASE}/prompts`,
  settings: `${BASE}/settings`,
  people: `${BASE}/people`,
  phones: `${BASE}/phones`,
} as const;
