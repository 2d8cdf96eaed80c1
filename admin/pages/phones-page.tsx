/** The sandbox's customers, side by side as phones: write as them, see what reaches them. */
import { useEffect, useState } from 'preact/hooks';
import type { PhoneChat } from '../api/types.ts';
import { api, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { Empty } from '../components/states.tsx';
import { t } from '../i18n/i18n.ts';
import { type DeskPhone, MAX_PHONES, nextPhone, readDesk, writeDesk } from '../phones/desk.ts';
import { Phone } from '../phones/phone.tsx';
import { PageHead } from './page-head.tsx';

/** Chats that the double knows and that are not on the desk yet. */
const useKnownChats = (): readonly PhoneChat[] => {
  const [chats, setChats] = useState<readonly PhoneChat[]>([]);
  useEffect(() => {
    api.phones.list().then((page) => setChats(page.items), trouble);
  }, []);
  return chats;
};

const AddPhone = ({ onAdd, full }: { onAdd: (phone: DeskPhone) => void; full: boolean }) => {
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  return (
    <form
      class="add-phone"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(nextPhone(name, number));
        setName('');
        setNumber('');
      }}
    >
      <label class="field is-inline">
        <span class="visually-hidden">{t('customerName')}</span>
        <input
          type="text"
          dir="auto"
          maxLength={200}
          placeholder={t('customerName')}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="field is-inline">
        <span class="visually-hidden">{t('customerPhone')}</span>
        <input
          type="tel"
          dir="ltr"
          pattern="[+0-9 ]{5,24}"
          placeholder={t('customerPhone')}
          value={number}
          onInput={(event) => setNumber(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button is-primary" disabled={full}>
        <Icon name="plus" />
        {t('addPhone')}
      </button>
    </form>
  );
};

export const PhonesPage = () => {
  const [desk, setDesk] = useState<readonly DeskPhone[]>(readDesk);
  const known = useKnownChats().filter((chat) => desk.every((phone) => phone.chatId !== chat.chatId));
  const change = (next: readonly DeskPhone[]): void => {
    setDesk(next);
    writeDesk(next);
  };
  const add = (phone: DeskPhone): void =>
    change([phone, ...desk.filter((one) => one.chatId !== phone.chatId)].slice(0, MAX_PHONES));
  return (
    <div class="page is-full">
      <PageHead title={t('phones')} lead={t('phonesLead')}>
        <AddPhone onAdd={add} full={desk.length >= MAX_PHONES} />
      </PageHead>
      {known.length === 0 ? null : (
        <div class="known-phones">
          {known.slice(0, MAX_PHONES).map((chat) => (
            <button
              key={chat.chatId}
              type="button"
              class="button is-quiet"
              onClick={() => add({ chatId: chat.chatId, name: chat.name ?? chat.chatId })}
            >
              <Icon name="phone" />
              <bdi>{chat.name ?? chat.chatId}</bdi>
            </button>
          ))}
        </div>
      )}
      {desk.length === 0 ? <Empty icon="phone" title={t('emptyPhones')} lead={t('emptyPhonesLead')} /> : null}
      <div class="desk">
        {desk.map((phone) => (
          <Phone
            key={phone.chatId}
            phone={phone}
            onHide={() => change(desk.filter((one) => one.chatId !== phone.chatId))}
          />
        ))}
      </div>
    </div>
  );
};
