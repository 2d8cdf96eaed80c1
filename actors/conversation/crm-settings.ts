/** What the shop calls its deals in CRM (domain 11.6-11.9). The runtime keeps it; a change counts from the next write. */
import { Context, type Effect } from 'effect';
import type { DealMapChanges } from '../../adapters/zoho-crm/zoho-crm.ts';

export class CrmSettings extends Context.Service<
  CrmSettings,
  { readonly deals: Effect.Effect<DealMapChanges> }
>()('treejar/actors/CrmSettings') {}
