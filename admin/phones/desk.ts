/** Which phones lie on the desk of the simulator; remembered in this browser. */

export interface DeskPhone {
  /** Digits with country code. */
  readonly chatId: string;
  readonly name: string;
}

/** Phones side by side (G10): each has a live subscription of its own. */
export const MAX_PHONES = 8;

const KEY = 'treejar.desk';

/** Made-up customers of the sandbox. */
const NAMES = [
  'Layla Haddad',
  'Omar Nasser',
  'Grace Miller',
  'ناصر الكعبي',
  'Priya Menon',
  'Daniel Weiss',
  'مريم السالم',
  'Chen Wei',
];

const isPhone = (value: unknown): value is DeskPhone =>
  typeof value === 'object' &&
  value !== null &&
  'chatId' in value &&
  'name' in value &&
  typeof value.chatId === 'string' &&
  typeof value.name === 'string';

/** What was there last time; a first visit finds two customers, one in each language. */
export const readDesk = (): readonly DeskPhone[] => {
  const fresh = [
    { chatId: '971500000101', name: 'Layla Haddad' },
    { chatId: '971500000104', name: 'ناصر الكعبي' },
  ];
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return Array.isArray(stored) ? stored.filter(isPhone).slice(0, MAX_PHONES) : fresh;
  } catch {
    // Storage forbidden or its content from elsewhere: begin afresh.
    return fresh;
  }
};

export const writeDesk = (phones: readonly DeskPhone[]): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify(phones));
  } catch {
    // Storage can be forbidden; the desk then lasts as long as the page.
  }
};

/** A phone from what was typed; what is missing is made up. */
export const nextPhone = (name: string, number: string): DeskPhone => {
  const digits = number.replace(/\D/g, '');
  const chance = crypto.getRandomValues(new Uint32Array(2));
  const made = `9715000${String((chance[0] ?? 0) % 100_000).padStart(5, '0')}`;
  return {
    chatId: digits === '' ? made : digits,
    name: name.trim() === '' ? (NAMES[(chance[1] ?? 0) % NAMES.length] ?? 'Layla Haddad') : name.trim(),
  };
};
