/** The rail of sections at the side; at phone width a bar of the first few, and "more" opens the palette. */
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';
import { useStore } from '../lib/use-store.ts';
import { peopleNeeded } from '../stores/list-store.ts';
import { paths } from './paths.ts';
import type { Section } from './sections.ts';
import { appStore, listStore } from './services.ts';
import { SettingsMenu } from './settings-menu.tsx';

const RailLink = ({ section, current }: { section: Section; current: boolean }) => {
  const needed = useStore(listStore, peopleNeeded);
  const badge = section.path === paths.conversations && needed > 0;
  return (
    <a
      class={`rail-link is-${section.group}`}
      href={section.path}
      aria-current={current ? 'page' : undefined}
    >
      <span class="rail-icon">
        <Icon name={section.icon} />
        {badge ? (
          <span class="rail-badge" title={t('peopleNeeded', { n: needed })}>
            {needed}
          </span>
        ) : null}
      </span>
      <span class="rail-label">{t(section.short ?? section.label)}</span>
    </a>
  );
};

export const Rail = ({
  sections,
  current,
}: {
  sections: readonly Section[];
  current: Section | undefined;
}) => {
  const sandbox = useStore(appStore, (context) => context.session?.sandbox === true);
  return (
    <nav class="rail" aria-label={t('nav')}>
      <a class="rail-mark" href={paths.conversations} aria-label={t('app')}>
        <Icon name="jar" />
      </a>
      <div class="rail-links">
        {sections.map((section) => (
          <RailLink key={section.path} section={section} current={section === current} />
        ))}
        <button
          type="button"
          class="rail-link rail-more"
          onClick={() => appStore.trigger.sheetShown({ sheet: 'palette' })}
        >
          <span class="rail-icon">
            <Icon name="more" />
          </span>
          <span class="rail-label">{t('railMore')}</span>
        </button>
      </div>
      <div class="rail-foot">
        {sandbox ? (
          <span class="rail-sandbox" title={t('sandboxHint')}>
            {t('sandbox')}
          </span>
        ) : null}
        <SettingsMenu />
      </div>
    </nav>
  );
};
