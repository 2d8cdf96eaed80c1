/** The admin's sections: one list for the rail, the palette, the keys after `g`, and the tab's title. */
import type { Session } from '../api/types.ts';
import type { MessageKey } from '../i18n/en.ts';
import { useStore } from '../lib/use-store.ts';
import { paths } from './paths.ts';
import { appStore } from './services.ts';

export interface Section {
  readonly path: string;
  readonly icon: string;
  readonly label: MessageKey;
  /** On the rail, where there is room for one short word. */
  readonly short?: MessageKey;
  /** Pressed after `g`. */
  readonly key: string;
  /** Sections of a group stand together on the rail. */
  readonly group: 'work' | 'shop' | 'watch' | 'house';
  /** Absent: everyone sees it. */
  readonly only?: (session: Session) => boolean;
}

const isAdmin = (session: Session): boolean => session.role === 'admin';
const isSandbox = (session: Session): boolean => session.sandbox;

export const SECTIONS: readonly Section[] = [
  {
    path: paths.conversations,
    icon: 'chats',
    label: 'conversations',
    short: 'chats',
    key: 'c',
    group: 'work',
  },
  { path: paths.overview, icon: 'chart', label: 'overview', key: 'v', group: 'work' },
  { path: paths.products, icon: 'box', label: 'products', key: 'p', group: 'shop' },
  { path: paths.knowledge, icon: 'book', label: 'knowledge', key: 'k', group: 'shop' },
  { path: paths.prompts, icon: 'prompt', label: 'prompts', key: 'm', group: 'shop' },
  { path: paths.queues, icon: 'queue', label: 'queues', key: 'w', group: 'watch' },
  { path: paths.machine, icon: 'map', label: 'machine', short: 'machineShort', key: 'h', group: 'watch' },
  { path: paths.quality, icon: 'checks', label: 'quality', key: 'q', group: 'watch' },
  { path: paths.reports, icon: 'file', label: 'reports', key: 'r', group: 'watch' },
  { path: paths.operations, icon: 'gauge', label: 'operations', short: 'opsShort', key: 'o', group: 'watch' },
  { path: paths.settings, icon: 'settings', label: 'shopSettings', key: 't', group: 'house' },
  {
    path: paths.people,
    icon: 'people',
    label: 'people',
    short: 'peopleShort',
    key: 'u',
    group: 'house',
    only: isAdmin,
  },
  { path: paths.phones, icon: 'phone', label: 'phones', key: 's', group: 'house', only: isSandbox },
];

/** Those that the signed-in person may see. */
export const useSections = (): readonly Section[] => {
  const session = useStore(appStore, (context) => context.session);
  return SECTIONS.filter(({ only }) => only === undefined || (session !== null && only(session)));
};
