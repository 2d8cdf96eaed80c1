/** The sandbox's Zoho: accounts, CRM and Inventory on one loopback server (design §8). */
import { type DoubleServer, startDoubleServer } from '../double/double-server.ts';
import { type CrmDoubleState, makeCrmDouble } from '../zoho-crm/crm-double.ts';
import { type InventoryDoubleState, makeInventoryDouble } from '../zoho-inventory/inventory-double.ts';
import { makePhotoCache } from '../zoho-inventory/picture/photo-cache.ts';
import { type SandboxItem, sandboxCatalog } from '../zoho-inventory/sandbox-catalog.ts';
import { makeOAuthDouble, type OAuthDoubleState } from './oauth-double.ts';
import type { Clock } from './refresh.ts';
import { seedSandboxCrm } from './sandbox-crm.ts';

export interface ZohoDoubleOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Only this organisation is accepted; any when absent. */
  readonly organizationId?: string;
  /** {@link sandboxCatalog} by default. */
  readonly items?: readonly SandboxItem[];
  /** A few customers known to CRM; `true` by default. */
  readonly seedCrm?: boolean;
}

export interface ZohoDouble {
  /** For `ZOHO_ACCOUNTS_URL`. */
  readonly accountsUrl: string;
  /** For `ZOHO_CRM_BASE_URL`. */
  readonly crmUrl: string;
  /** For `ZOHO_INVENTORY_BASE_URL`. */
  readonly inventoryUrl: string;
  /** Faults and the log of requests. */
  readonly server: DoubleServer;
  readonly state: {
    readonly oauth: OAuthDoubleState;
    readonly crm: CrmDoubleState;
    readonly inventory: InventoryDoubleState;
  };
  readonly close: () => Promise<void>;
}

/** Starts the double. Any client id, secret and refresh token are accepted; tokens it gives out are checked. */
export const startZohoDouble = async (options: ZohoDoubleOptions = {}): Promise<ZohoDouble> => {
  const clock = options.clock ?? { now: () => Date.now() };
  let origin = '';
  const oauth = makeOAuthDouble(clock, () => origin);
  const crm = makeCrmDouble(clock, oauth.isAuthorized);
  const inventory = makeInventoryDouble({
    clock,
    items: options.items ?? sandboxCatalog,
    isAuthorized: oauth.isAuthorized,
    photoOf: makePhotoCache(),
    ...(options.organizationId === undefined ? {} : { organizationId: options.organizationId }),
  });
  if (options.seedCrm ?? true) seedSandboxCrm(crm.state);
  const server = await startDoubleServer({
    port: options.port ?? 0,
    routes: { ...oauth.routes, ...crm.routes, ...inventory.routes },
  });
  origin = server.url;
  return {
    accountsUrl: server.url,
    crmUrl: `${server.url}/crm/v8`,
    inventoryUrl: `${server.url}/inventory/v1`,
    server,
    state: { oauth: oauth.state, crm: crm.state, inventory: inventory.state },
    close: server.close,
  };
};
