/** Who may sign in, and who changed what. */
import { useState } from 'preact/hooks';
import { Tabs } from '../components/tabs.tsx';
import { t } from '../i18n/i18n.ts';
import { AuditList } from '../people/audit-list.tsx';
import { UserTable } from '../people/user-table.tsx';
import '../styles/house.css';
import { PageHead } from './page-head.tsx';

export const PeoplePage = () => {
  const [part, setPart] = useState<'users' | 'audit'>('users');
  const tabs = [
    ['users', t('users')],
    ['audit', t('audit')],
  ] as const;
  return (
    <div class="page">
      <PageHead title={t('people')} lead={t('peopleLead')} />
      <Tabs label={t('people')} tabs={tabs} chosen={part} onChoose={setPart}>
        {part === 'users' ? <UserTable /> : <AuditList />}
      </Tabs>
    </div>
  );
};
