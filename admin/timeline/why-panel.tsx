/** Why a message was said: who asked, what was done, what was known, what was checked; each step leads to its row. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Journal, Message } from '../api/types.ts';
import { api, trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { ScrollRegion } from '../components/scroll-region.tsx';
import { useConversation, useOpened } from '../conversation/context.ts';
import { currentLocale, number, say, t } from '../i18n/i18n.ts';
import { CallLine, CommandLine } from './effect-lines.tsx';
import { useEffects } from './use-effects.ts';
import { guardWords, type Known, knownOf, namedIn, tellingSteps, turnOf } from './why.ts';
import './why.css';

/** Products shown; the rest is a number. */
const MAX_PRODUCTS = 6;

const useKnown = (id: string, seq: number): Known | null => {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    let gone = false;
    api.conversations.snapshotAt(id, seq).then(({ context }) => {
      if (!gone) setKnown(knownOf(context));
    }, trouble);
    return () => {
      gone = true;
    };
  }, [id, seq]);
  return known;
};

const Part = ({ icon, title, children }: { icon: string; title: string; children: ComponentChildren }) => (
  <section class="why-part">
    <h4>
      <Icon name={icon} />
      {title}
    </h4>
    {children}
  </section>
);

const Evidence = ({ known, text }: { known: Known; text: string }) => {
  const products = namedIn(text, known.products);
  const nothing = products.length === 0 && known.articles.length === 0 && known.orders.length === 0;
  return (
    <Part icon="book" title={t('whyEvidence')}>
      {nothing ? <p>{t('whyNoEvidence')}</p> : null}
      <ul>
        {products.slice(0, MAX_PRODUCTS).map((product) => (
          <li key={product.sku}>
            <bdi>{product.name}</bdi> <code>{product.sku}</code>{' '}
            <bdi>
              {product.price === null ? t('priceUnknown') : `${product.price}\u00A0${product.currency}`}
            </bdi>
            {product.stock === null ? null : ` · ${t('whyStock', { n: number(product.stock) })}`}
          </li>
        ))}
        {products.length > MAX_PRODUCTS ? <li>+{number(products.length - MAX_PRODUCTS)}</li> : null}
        {known.articles.map((article) => (
          <li key={article.id} dir="auto">
            {article.title}
          </li>
        ))}
        {known.orders.map((order) => (
          <li key={order.number}>
            {t('whyOrder', {
              number: order.number,
              status: currentLocale() === 'ar' ? order.label.ar : order.label.en,
            })}
          </li>
        ))}
      </ul>
    </Part>
  );
};

const Checked = ({ known, row }: { known: Known; row: Journal }) => (
  <Part icon="guard" title={t('whyChecked')}>
    <ul>
      {known.problems.map((problem) => (
        <li key={problem} dir="auto">
          {t('whyProblem', { problem })}
        </li>
      ))}
      {known.sound === true ? <li>{t('whySound')}</li> : null}
      {row.guards.map((guard, index) => (
        <li key={`${guard.guard}${index}`}>
          {t(guard.result ? 'whyGuardHeld' : 'whyGuardRefused', { guard: guardWords(guard.guard) })}
        </li>
      ))}
    </ul>
  </Part>
);

const Steps = ({ rows }: { rows: readonly Journal[] }) => {
  const { store } = useOpened().open;
  return (
    <Part icon="live" title={t('whyDid')}>
      <ol class="why-steps">
        {rows.map((row) => (
          <li key={row.seq}>
            <button
              type="button"
              class="link-button"
              title={t('whyShowStep', { seq: row.seq })}
              onClick={() => store.trigger.expansionToggled({ seq: row.seq })}
            >
              {say(row.title)}
            </button>
          </li>
        ))}
      </ol>
    </Part>
  );
};

const Asked = ({ messages }: { messages: readonly Message[] }) =>
  messages.length === 0 ? null : (
    <Part icon="person" title={t('whyAsked')}>
      {messages.map((message) => (
        <blockquote key={message.id} dir="auto">
          {message.text === '' ? message.kind : message.text}
        </blockquote>
      ))}
    </Part>
  );

const Model = ({ from, to }: { from: number; to: number }) => {
  const effects = useEffects(from, to);
  if (effects === null || (effects.calls.length === 0 && effects.commands.length === 0)) return null;
  return (
    <Part icon="bot" title={t('whyModel')}>
      <ul class="effect-list">
        {effects.calls.map((call) => (
          <CallLine key={call.id} call={call} />
        ))}
        {effects.commands.map((command) => (
          <CommandLine key={command.id} command={command} />
        ))}
      </ul>
    </Part>
  );
};

export const WhyPanel = ({ seq }: { seq: number }) => {
  const { store } = useOpened().open;
  const id = useConversation((context) => context.id);
  const rows = useConversation((context) => context.rows);
  const messages = useConversation((context) => context.messages);
  const known = useKnown(id, seq);
  const turn = turnOf(rows, seq);
  const row = turn.at(-1);
  if (row === undefined) return null;
  const said = messages.find(({ message }) => message.seq === seq && message.from !== 'customer')?.message;
  const first = turn[0]?.seq ?? seq;
  const asked = messages
    .map(({ message }) => message)
    .filter((message) => message.from === 'customer' && message.seq >= first && message.seq <= seq);
  return (
    <aside class="why-panel" aria-label={t('whyHead')}>
      <header>
        <h3>{t(said === undefined ? 'whyHeadCustomer' : 'whyHead')}</h3>
        <button
          type="button"
          class="icon-button"
          title={t('close')}
          onClick={() => store.trigger.whyClosed()}
        >
          <Icon name="close" />
          <span class="visually-hidden">{t('close')}</span>
        </button>
      </header>
      <ScrollRegion class="why-body" label={t('whyHead')}>
        <Asked messages={asked} />
        <Steps rows={tellingSteps(turn)} />
        {known === null || known.asked.length === 0 ? null : (
          <Part icon="tool" title={t('whyTools')}>
            <ul>
              {known.asked.map((call, index) => (
                <li key={index}>
                  <code>{call.name}</code> {call.args === '{}' ? null : <bdi>{call.args}</bdi>}
                </li>
              ))}
            </ul>
          </Part>
        )}
        {known === null || said === undefined ? null : <Evidence known={known} text={said.text} />}
        {known === null ? null : <Checked known={known} row={row} />}
        <Model from={first} to={seq} />
      </ScrollRegion>
    </aside>
  );
};
