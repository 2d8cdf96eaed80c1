/** Words of the list of conversations. */
export const listEn = {
  tabStuck: 'Stuck',
  colTimer: 'Next by itself',
  emptyStuck: 'Nothing is stuck',
  emptyStuckLead:
    'Conversations that are paused, failed or parked, or that the bot does not get on with, come here.',
  rowPaused: 'Paused',
} as const;
