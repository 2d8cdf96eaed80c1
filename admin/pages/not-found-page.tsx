/** An address that leads nowhere. */
import { paths } from '../app/paths.ts';
import { Empty } from '../components/states.tsx';
import { t } from '../i18n/i18n.ts';

export const NotFoundPage = () => (
  <div class="page">
    <Empty icon="question" title={t('notFound')} lead={t('notFoundLead')}>
      <a class="button" href={paths.conversations}>
        {t('conversations')}
      </a>
    </Empty>
  </div>
);
