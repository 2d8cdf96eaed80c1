/** What is known and what comes next: states, customer, order, timers, cost. */
import type { ComponentChildren } from 'preact';
import type { Conversation } from '../api/types.ts';
import { ScrollRegion } from '../components/scroll-region.tsx';
import { Skeleton } from '../components/states.tsx';
import { Until } from '../components/ticking.tsx';
import { useConversation } from '../conversation/context.ts';
import type { MessageKey } from '../i18n/en.ts';
import { intlTag, number, say, t } from '../i18n/i18n.ts';
import { money } from '../lib/money.ts';
import { momentOf } from '../lib/time.ts';
import { changedFacts } from './changed-facts.ts';
import { SaleSection } from './sale-section.tsx';
import { StatesSection } from './states-section.tsx';

const KINDS: Readonly<Record<Conversation['customer']['kind'], MessageKey>> = {
  unknown: 'customerUnknown',
  new: 'customerNew',
  returning: 'customerReturning',
  unavailable: 'customerUnavailable',
};

const Fact = ({
  name,
  hint,
  fresh,
  children,
}: {
  name: string;
  hint?: string;
  fresh?: boolean;
  children: ComponentChildren;
}) => (
  <div class={`fact ${fresh === true ? 'is-fresh' : ''}`} title={hint}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** `deliveryAddress` is read as `Delivery address`. */
const slotName = (slot: string): string => {
  const words = slot
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};

const CustomerSection = ({ detail, fresh }: { detail: Conversation; fresh: ReadonlySet<string> }) => {
  const { customer } = detail;
  return (
    <section class="facts-part">
      <header>
        <h3>{t('customer')}</h3>
        <span class={`kind-tag is-${customer.kind}`}>{t(KINDS[customer.kind])}</span>
      </header>
      <dl class="facts-list">
        {customer.name === null || customer.slots.some((slot) => slot.slot === 'name') ? null : (
          <Fact name={t('name')}>
            <bdi>{customer.name}</bdi>
          </Fact>
        )}
        {customer.phone === null ? null : (
          <Fact name={t('phone')}>
            <bdi dir="ltr">{customer.phone}</bdi>
          </Fact>
        )}
        {customer.crmContactId === null ? null : (
          <Fact name={t('crmContact')}>
            <bdi dir="ltr">{customer.crmContactId}</bdi>
          </Fact>
        )}
        {customer.slots.map((slot) => (
          <Fact
            key={`${slot.slot}:${slot.value}`}
            name={say(slotName(slot.slot))}
            hint={t('slotSource', { source: slot.source })}
            fresh={fresh.has(`slots/${slot.slot}`)}
          >
            <span dir="auto">{slot.value}</span>
          </Fact>
        ))}
      </dl>
      {customer.slots.length === 0 ? <p class="quiet-note">{t('noSlots')}</p> : null}
    </section>
  );
};

const OrderSection = ({ order, fresh }: { order: Conversation['order']; fresh: ReadonlySet<string> }) => (
  <section class="facts-part">
    <header>
      <h3>{t('order')}</h3>
    </header>
    {order.lines.length === 0 ? <p class="quiet-note">{t('noLines')}</p> : null}
    <ul class="order-lines">
      {order.lines.map((line) => (
        <li key={line.sku} class={fresh.has(`lines/${line.sku}`) ? 'is-fresh' : ''}>
          <span class="line-quantity">{number(line.quantity)} ×</span>
          <span class="line-name">
            <span dir="auto">{line.name}</span>
            <bdi class="line-sku">{line.sku}</bdi>
          </span>
          <span class="line-price">
            <bdi>{line.lineTotal === null ? t('priceUnknown') : money(line.lineTotal)}</bdi>
            {line.unitPrice === null || line.quantity === 1 ? null : (
              <bdi class="line-unit">{money(line.unitPrice)}</bdi>
            )}
          </span>
        </li>
      ))}
    </ul>
    {order.subtotal === null ? null : (
      <p class={`order-total ${fresh.has('subtotal') ? 'is-fresh' : ''}`}>
        <span>{t('subtotal')}</span>
        <bdi>{money(order.subtotal)}</bdi>
      </p>
    )}
  </section>
);

const TimersSection = ({ timers }: { timers: Conversation['timers'] }) => (
  <section class="facts-part">
    <header>
      <h3>{t('nextTimers')}</h3>
    </header>
    {timers.length === 0 ? <p class="quiet-note">{t('noTimers')}</p> : null}
    <ul class="timer-list">
      {timers.map((timer) => (
        <li key={timer.id} title={momentOf(timer.at, intlTag())}>
          <span dir="auto">{say(timer.label)}</span>
          <Until at={timer.at} />
        </li>
      ))}
    </ul>
  </section>
);

const CostSection = ({ cost }: { cost: Conversation['cost'] }) => (
  <section class="facts-part">
    <header>
      <h3>{t('cost')}</h3>
      <bdi class="cost-usd">${cost.usd}</bdi>
    </header>
    <p class="cost-words">
      {t('costCalls', { n: cost.calls })}
      {' · '}
      {t('costTokens', { prompt: number(cost.promptTokens), completion: number(cost.completionTokens) })}
    </p>
  </section>
);

export const FactsPane = () => {
  const detail = useConversation((context) => context.detail);
  const before = useConversation((context) => context.before);
  if (detail === null) {
    return (
      <section class="facts" aria-label={t('paneFacts')}>
        <Skeleton rows={7} kind="line" />
      </section>
    );
  }
  const fresh = changedFacts(before, detail);
  return (
    <ScrollRegion class="facts" label={t('paneFacts')}>
      <StatesSection entered={fresh} />
      <CustomerSection detail={detail} fresh={fresh} />
      <OrderSection order={detail.order} fresh={fresh} />
      <SaleSection sale={detail.sale} />
      <TimersSection timers={detail.timers} />
      <CostSection cost={detail.cost} />
    </ScrollRegion>
  );
};
