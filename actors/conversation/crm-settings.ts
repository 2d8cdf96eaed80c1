/** What the shop calls its deals, and the fields that say where a customer came from, in CRM (domain 11.6-11.9). The runtime keeps it; a change counts from the next write. */
import { Context, type Effect } from 'effect';
import type { AttributionMap, DealMapChanges } from '../../adapters/zoho-crm/zoho-crm.ts';

export class CrmSettings extends Context.Service<
  CrmSettings,
  {
    readonly deals: Effect.Effect<DealMapChanges>;
    /** Of contacts: an organisation's fields there have names of their own. */
    readonly contactAttribution: Effect.Effect<AttributionMap>;
  }
>()('treejar/actors/CrmSettings') {}
