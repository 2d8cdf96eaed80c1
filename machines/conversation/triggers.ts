/** The 18 reasons for a hand-over, named as the business names them (domain 8.1). */
export const TRIGGER_NAMES: readonly string[] = [
  'Asks for a human',
  'Not understood twice',
  'Complaint or anger',
  'Order above 10,000 AED',
  'Non-standard terms',
  'Delivery not covered',
  'Return or claim',
  'Asks for a manager by name',
  'Showroom visit',
  'Trade company',
  'Bulk purchase',
  'Full office',
  'Large project',
  'Drawings or plans',
  'Samples',
  'Not convinced',
  'Phone call',
  'Manager of a nationality',
];

export const triggerName = (trigger: number): string => TRIGGER_NAMES[trigger - 1] ?? `Trigger ${trigger}`;

/** Domain 8.2: these silence the bot; the others only tell a manager. */
const HARD_TRIGGERS: ReadonlySet<number> = new Set([1, 2, 3, 5, 7, 8, 14, 15, 17, 18]);
export const isHardTrigger = (trigger: number): boolean => HARD_TRIGGERS.has(trigger);
