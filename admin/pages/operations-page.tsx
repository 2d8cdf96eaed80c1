/** Is the shop's machinery well? Vendors, channels, templates, our own parts, queues, and money (issue of health). */
import { api } from '../app/services.ts';
import { t } from '../i18n/i18n.ts';
import { ChannelCards, TemplateList } from '../operations/channels-section.tsx';
import { sortHealth } from '../operations/health-parts.ts';
import { Figures, PartCards } from '../operations/runtime-section.tsx';
import { Section } from '../operations/section.tsx';
import { SpendCard } from '../operations/spend-section.tsx';
import { StatusMark } from '../operations/status-mark.tsx';
import { usePolled } from '../operations/use-polled.ts';
import { VendorsTable } from '../operations/vendors-table.tsx';
import '../styles/operations.css';
import { PageHead } from './page-head.tsx';

/** The server itself asks its parts at most once a second; people do not read faster than this. */
const HEALTH_EVERY_MS = 5000;
const SLOW_EVERY_MS = 30_000;

const spending = async () => {
  const [spend, limits] = await Promise.all([api.operations.spend(), api.operations.settings()]);
  return { spend, limits };
};

export const OperationsPage = () => {
  const health = usePolled(api.operations.health, HEALTH_EVERY_MS);
  const metrics = usePolled(api.operations.metrics, HEALTH_EVERY_MS);
  const money = usePolled(spending, SLOW_EVERY_MS);
  const channels = usePolled(api.operations.channels, SLOW_EVERY_MS);
  const templates = usePolled(api.operations.templates, SLOW_EVERY_MS);
  return (
    <div class="page operations">
      <PageHead title={t('operations')} lead={t('operationsLead')}>
        {health.data === null ? null : (
          <StatusMark
            status={health.data.status === 'ok' ? 'ok' : 'down'}
            words={t(health.data.status === 'ok' ? 'opsServing' : 'opsNotServing')}
          />
        )}
      </PageHead>
      <Section title={t('opsQueues')} polled={metrics}>
        {({ runtime }) => <Figures numbers={runtime} />}
      </Section>
      <Section title={t('opsSpend')} lead={t('opsSpendLead')} polled={money}>
        {({ spend, limits }) => <SpendCard spend={spend} limits={limits} />}
      </Section>
      <Section title={t('opsChannels')} polled={channels}>
        {({ items }) => <ChannelCards channels={items} />}
      </Section>
      <Section title={t('opsVendors')} lead={t('opsVendorsLead')} polled={health}>
        {(data) => <VendorsTable vendors={sortHealth(data).vendors} />}
      </Section>
      <Section title={t('opsParts')} polled={health}>
        {(data) => <PartCards parts={sortHealth(data).parts} />}
      </Section>
      <Section title={t('opsTemplates')} lead={t('opsTemplatesLead')} polled={templates}>
        {({ items }) => <TemplateList templates={items} />}
      </Section>
    </div>
  );
};
