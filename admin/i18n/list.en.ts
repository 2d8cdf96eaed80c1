/** Words of the list of conversations. */
export const listEn = {
  tabStuck: 'Stuck',
  colTimer: 'Next by itself',
  emptyStuck: 'Nothing is stuck',
  emptyStuckLead:
    'Conversations that are paused, failed or parked, or that the bot does not get on with, come here.',
  rowPaused: 'Paused',
  anyStage: 'Any stage',
  stage: 'Stage',
  saleExploring: 'Looking around',
  saleSelecting: 'Choosing',
  saleDetailing: 'Gathering details',
  saleQuoting: 'Quotation being made',
  saleQuoted: 'Quoted',
  saleNegotiating: 'Negotiating',
  saleAccepted: 'Accepted',
  salePaid: 'Paid',
  saleDelivered: 'Delivered',
  saleLost: 'Lost',
} as const;
