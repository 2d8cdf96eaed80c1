/** How the runtime is doing now: queues, the slowest vendors, the money of the day against its budget. */
import { paths } from '../app/paths.ts';
import { api } from '../app/services.ts';
import { t } from '../i18n/i18n.ts';
import { sortHealth } from '../operations/health-parts.ts';
import { Figures } from '../operations/runtime-section.tsx';
import { Section } from '../operations/section.tsx';
import { SpendCard } from '../operations/spend-section.tsx';
import { StatusMark } from '../operations/status-mark.tsx';
import { usePolled } from '../operations/use-polled.ts';

const EVERY_MS = 5000;
const MONEY_EVERY_MS = 30_000;

const spending = async () => {
  const [spend, limits] = await Promise.all([api.operations.spend(), api.operations.settings()]);
  return { spend, limits };
};

export const NowPanel = () => {
  const metrics = usePolled(api.operations.metrics, EVERY_MS);
  const health = usePolled(api.operations.health, EVERY_MS);
  const money = usePolled(spending, MONEY_EVERY_MS);
  const vendors = health.data === null ? [] : sortHealth(health.data).vendors;
  const troubled = vendors.filter(({ status }) => status !== 'ok');
  return (
    <>
      <Section title={t('overviewNow')} polled={metrics}>
        {({ runtime }) => <Figures numbers={runtime} />}
      </Section>
      {vendors.length === 0 ? null : (
        <p class="overview-vendors">
          <StatusMark
            status={troubled.length === 0 ? 'ok' : 'down'}
            words={
              troubled.length === 0 ? t('overviewVendorsWell') : troubled.map(({ name }) => name).join(', ')
            }
          />{' '}
          <a href={paths.operations}>{t('operations')}</a>
        </p>
      )}
      <Section title={t('opsSpend')} polled={money}>
        {({ spend, limits }) => <SpendCard spend={spend} limits={limits} />}
      </Section>
    </>
  );
};
