/** The quotation that the customer has, with its totals and its file; those before it; the consent (domain 9). */
import type { Conversation } from '../api/types.ts';
import { useConversation } from '../conversation/context.ts';
import type { MessageKey } from '../i18n/en.ts';
import { intlTag, t } from '../i18n/i18n.ts';
import { money } from '../lib/money.ts';
import { dayName, momentOf } from '../lib/time.ts';

type Sale = Conversation['sale'];
type Quote = NonNullable<Sale['quote']>;

const OUTCOMES: Readonly<Record<string, MessageKey>> = {
  open: 'quoteOpen',
  accepted: 'quoteAccepted',
  rejected: 'quoteRejected',
  no_response: 'quoteNoResponse',
  expired: 'quoteExpired',
  superseded: 'quoteSuperseded',
};

const STAGES: Readonly<Record<string, MessageKey>> = {
  exploring: 'stageExploring',
  selecting: 'stageSelecting',
  detailing: 'stageDetailing',
  quoting: 'stageQuoting',
  quoted: 'stageQuoted',
  negotiating: 'stageNegotiating',
  accepted: 'stageAccepted',
  paid: 'stagePaid',
  delivered: 'stageDelivered',
  lost: 'stageLost',
};

const CONSENTS: Readonly<Record<Sale['consent']['status'], MessageKey>> = {
  not_asked: 'consentNotAsked',
  deferred: 'consentDeferred',
  declined: 'consentDeclined',
  granted: 'consentGranted',
};

const wordsOf = (words: Readonly<Record<string, MessageKey>>, key: string): string => {
  const known = words[key];
  return known === undefined ? key : t(known);
};

const Line = ({ name, value, strong = false }: { name: string; value: string; strong?: boolean }) => (
  <div class={strong ? 'sale-line is-total' : 'sale-line'}>
    <dt>{name}</dt>
    <dd>
      <bdi>{value}</bdi>
    </dd>
  </div>
);

/** The file as the message that carried it links it; null while that message is not among the loaded ones. */
const useFile = (messageId: string | null): string | null =>
  useConversation(
    ({ messages }) => messages.find(({ message }) => message.id === messageId)?.message.media?.uri ?? null,
  );

const QuoteCard = ({ quote }: { quote: Quote }) => {
  const file = useFile(quote.messageId);
  const days = quote.validUntil === null ? null : dayName(`${quote.validUntil}T08:00:00Z`, intlTag());
  return (
    <section class="facts-part">
      <header>
        <h3>{t('quote')}</h3>
        <span class={`kind-tag quote-${quote.outcome}`}>{wordsOf(OUTCOMES, quote.outcome)}</span>
      </header>
      <p class="quote-number">
        <bdi dir="ltr">{quote.number}</bdi>
        <span>{t('quoteRevision', { revision: quote.revision })}</span>
        {file === null ? null : (
          <a href={file} target="_blank" rel="noreferrer">
            PDF
          </a>
        )}
      </p>
      <dl class="sale-lines">
        <Line name={t('subtotal')} value={money(quote.subtotal)} />
        <Line name={t('vat')} value={money(quote.vat)} />
        <Line
          name={t('deliveryCost')}
          value={quote.delivery === null ? t('toBeConfirmed') : money(quote.delivery)}
        />
        <Line name={t('total')} value={money(quote.total)} strong />
        <Line
          name={t('quoteSent')}
          value={quote.sentAt === null ? t('opsNotYet') : momentOf(quote.sentAt, intlTag())}
        />
        {days === null ? null : <Line name={t('quoteValid')} value={days} />}
      </dl>
    </section>
  );
};

const History = ({ history }: { history: Sale['history'] }) =>
  history.length === 0 ? null : (
    <details class="quote-history">
      <summary>{t('quoteEarlier', { n: history.length })}</summary>
      <dl class="sale-lines">
        {history.map((past) => (
          <Line
            key={`${past.number}/${past.revision}`}
            name={`${past.number} · ${wordsOf(OUTCOMES, past.outcome)}`}
            value={money(past.total)}
          />
        ))}
      </dl>
    </details>
  );

export const SaleSection = ({ sale }: { sale: Sale }) => (
  <>
    {sale.quote === null ? null : <QuoteCard quote={sale.quote} />}
    <section class="facts-part">
      <header>
        <h3>{t('deal')}</h3>
        <span class={`kind-tag stage-${sale.stage}`}>{wordsOf(STAGES, sale.stage)}</span>
      </header>
      <dl class="sale-lines">
        <Line
          name={t('consent')}
          value={
            sale.consent.at === null
              ? t(CONSENTS[sale.consent.status])
              : `${t(CONSENTS[sale.consent.status])} · ${momentOf(sale.consent.at, intlTag())}`
          }
        />
      </dl>
      <History history={sale.history} />
    </section>
  </>
);
