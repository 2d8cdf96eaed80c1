/** The vendors: their circuit, the last success, the class of the last error, and how slow they are. */
import { TableRegion } from '../components/table-region.tsx';
import { Since } from '../components/ticking.tsx';
import type { MessageKey } from '../i18n/en.ts';
import { number, t, units } from '../i18n/i18n.ts';
import { formatSpan } from '../lib/time.ts';
import type { Vendor } from './health-parts.ts';
import { StatusMark } from './status-mark.tsx';

const CIRCUITS: Readonly<Record<Vendor['circuit'], readonly ['ok' | 'degraded' | 'down', MessageKey]>> = {
  closed: ['ok', 'opsCircuitClosed'],
  'half-open': ['degraded', 'opsCircuitHalfOpen'],
  open: ['down', 'opsCircuitOpen'],
};

const VendorRow = ({ vendor }: { vendor: Vendor }) => {
  const [status, words] = CIRCUITS[vendor.circuit];
  return (
    <tr>
      <th scope="row">
        <bdi>{vendor.name}</bdi>
      </th>
      <td>
        <StatusMark status={status} words={t(words)} />
      </td>
      <td>
        {vendor.lastSuccessAt === null ? (
          <span class="quiet-note">{t('opsNotYet')}</span>
        ) : (
          <Ago at={vendor.lastSuccessAt} />
        )}
      </td>
      <td>
        {vendor.lastFailure === null ? (
          <span class="quiet-note">{t('opsNoError')}</span>
        ) : (
          <>
            <code dir="ltr">{vendor.lastFailure}</code>{' '}
            {vendor.lastFailureAt === null ? null : <Ago at={vendor.lastFailureAt} />}
          </>
        )}
      </td>
      <td class="is-number">
        {number(vendor.calls)}
        {vendor.failures === 0 ? null : (
          <span class="ops-failures">{t('opsFailures', { n: vendor.failures })}</span>
        )}
      </td>
      <td class="is-number">{vendor.p95Ms === null ? '—' : formatSpan(vendor.p95Ms, units())}</td>
    </tr>
  );
};

const Ago = ({ at }: { at: string }) => (
  <span class="ops-ago">
    <Since at={at} />
  </span>
);

export const VendorsTable = ({ vendors }: { vendors: readonly Vendor[] }) =>
  vendors.length === 0 ? (
    <p class="quiet-note">{t('opsNoVendors')}</p>
  ) : (
    <TableRegion label={t('opsVendors')} class="ops-vendors">
      <thead>
        <tr>
          <th scope="col">{t('opsVendor')}</th>
          <th scope="col">{t('opsCircuit')}</th>
          <th scope="col">{t('opsLastSuccess')}</th>
          <th scope="col">{t('opsLastError')}</th>
          <th scope="col" class="is-number">
            {t('opsCalls')}
          </th>
          <th scope="col" class="is-number">
            {t('opsSlow')}
          </th>
        </tr>
      </thead>
      <tbody>
        {vendors.map((vendor) => (
          <VendorRow key={vendor.name} vendor={vendor} />
        ))}
      </tbody>
    </TableRegion>
  );
