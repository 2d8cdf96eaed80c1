/** The routes through to Zoho CRM and Inventory (contract 3.2). */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from 'effect/http-api';
import { Authorization, RequiredRole, WellFormed } from './access.ts';
import { Conflict, NotFound } from './errors.ts';
import * as In from './requests.ts';
import * as Out from './schemas.ts';
import * as V from './vendor-schemas.ts';

/** What a vendor may say to any call (vendor-failure.ts). */
const refusals = [NotFound, Conflict];

export const Crm = HttpApiGroup.make('crm')
  .add(
    HttpApiEndpoint.get('contacts', '/crm/contacts', {
      query: In.ContactsQuery,
      success: Out.listOf(Out.ContactView),
      error: refusals,
    }),
    HttpApiEndpoint.get('deals', '/crm/deals', {
      query: V.DealsQuery,
      success: Out.listOf(V.DealView),
      error: refusals,
    }),
    HttpApiEndpoint.get('deal', '/crm/deals/:id', {
      params: V.VendorParams,
      success: V.DealView,
      error: refusals,
    }),
    HttpApiEndpoint.post('createDeal', '/crm/deals', {
      payload: V.NewDealBody,
      headers: In.IdempotencyHeaders,
      success: V.DealWrittenView.pipe(HttpApiSchema.status(201)),
      error: refusals,
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.patch('changeDeal', '/crm/deals/:id', {
      params: V.VendorParams,
      payload: V.DealPatch,
      success: V.DealWrittenView,
      error: refusals,
    }).annotate(RequiredRole, 'manager'),
    HttpApiEndpoint.patch('changeDealById', '/crm/deals', {
      payload: V.DealPatchById,
      success: V.DealWrittenView,
      error: refusals,
    }).annotate(RequiredRole, 'manager'),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(
    OpenApi.Description,
    'Zoho CRM. A contact may be a minute old; everything else is read at that moment. 503 says when to try again.',
  );

export const Inventory = HttpApiGroup.make('inventory')
  .add(
    HttpApiEndpoint.get('stock', '/inventory/stock', {
      query: In.StockQuery,
      success: Out.StockView,
      error: refusals,
    }),
    HttpApiEndpoint.get('saleOrders', '/inventory/sale-orders', {
      query: V.SaleOrdersQuery,
      success: Out.listOf(V.SaleOrderSummaryView),
      error: refusals,
    }),
    HttpApiEndpoint.get('saleOrder', '/inventory/sale-orders/:id', {
      params: V.VendorParams,
      success: V.SaleOrderView,
      error: refusals,
    }),
    HttpApiEndpoint.post('createSaleOrder', '/inventory/sale-orders', {
      headers: V.OrderHeaders,
      payload: V.NewSaleOrderBody,
      success: V.SaleOrderView.pipe(HttpApiSchema.status(201)),
      error: refusals,
    }).annotate(RequiredRole, 'manager'),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(
    OpenApi.Description,
    'Zoho Inventory, read at that moment. A sales order is made once for an Idempotency-Key: the same key and body give the same answer, another body a 409.',
  );
