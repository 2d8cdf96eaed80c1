/** The sandbox shop's catalog: office furniture in English and Arabic, with the oddities of a real one (domain 12). */
import { accessories } from './catalog/accessories.ts';
import { desks } from './catalog/desks.ts';
import { executiveChairs } from './catalog/executive-chairs.ts';
import { lounge } from './catalog/lounge.ts';
import { meetingTables } from './catalog/meeting-tables.ts';
import { pods } from './catalog/pods.ts';
import { reception } from './catalog/reception.ts';
import { standingDesks } from './catalog/standing-desks.ts';
import { storage } from './catalog/storage.ts';
import { taskChairs } from './catalog/task-chairs.ts';
import type { SandboxItem } from './catalog/types.ts';
import { visitorChairs } from './catalog/visitor-chairs.ts';
import { workstations } from './catalog/workstations.ts';

export type { Picture, SandboxItem, Shape } from './catalog/types.ts';

/** Every item, in a fixed order: ids of the double are made from it. */
export const sandboxCatalog: readonly SandboxItem[] = [
  ...taskChairs,
  ...executiveChairs,
  ...visitorChairs,
  ...desks,
  ...standingDesks,
  ...meetingTables,
  ...workstations,
  ...storage,
  ...reception,
  ...lounge,
  ...pods,
  ...accessories,
];
