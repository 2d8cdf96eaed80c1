/** A region in its frame: follows what is current until somebody looks around. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ChartRegion } from '../api/types.ts';
import { trouble } from '../app/services.ts';
import { Icon } from '../components/icon.tsx';
import { t } from '../i18n/i18n.ts';
import { around, fitted, READING_SCALE, useView, viewBoxOf } from './use-view.ts';

export interface RegionViewProps {
  readonly region: ChartRegion;
  /** The state that should stay in sight; null: the whole region is shown. */
  readonly centre: string | null;
  /** The centre is only where one begins to look: nothing will move, so there is nothing to hold on to. */
  readonly still?: boolean;
  readonly children: ComponentChildren;
  readonly tools?: ComponentChildren;
}

const toggleLarge = async (frame: Element | null): Promise<void> => {
  if (document.fullscreenElement !== null) await document.exitFullscreen();
  else await frame?.requestFullscreen();
};

export const RegionView = ({ region, centre, still = false, children, tools }: RegionViewProps) => {
  const [following, setFollowing] = useState(true);
  const { element, pane, view, setView, zoom, onPointerDown, onKeyDown } = useView(
    { x: region.width / 2, y: region.height / 2, scale: 1 },
    () => setFollowing(false),
  );
  const showAll = (): void => setView(fitted(region, pane));
  useEffect(() => setFollowing(true), [region]);
  useEffect(() => {
    if (!following) return;
    const box = region.boxes.find(({ path }) => path === centre);
    const whole = fitted(region, pane);
    if (box === undefined || whole.scale >= READING_SCALE) setView(whole);
    else
      setView(around({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, READING_SCALE, region, pane));
  }, [region, centre, pane, following]);
  return (
    <div class="region-view">
      <div
        class="region-canvas"
        ref={element}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows and plus and minus move the picture.
        tabIndex={0}
        role="img"
        aria-label={t('chartPicture', { region: region.label })}
      >
        <svg class="chart" viewBox={viewBoxOf(view, pane)} aria-hidden="true">
          {children}
        </svg>
      </div>
      <div class="region-tools">
        {tools}
        <button type="button" class="icon-button" title={t('chartZoomIn')} onClick={() => zoom(false)}>
          <Icon name="plus" />
          <span class="visually-hidden">{t('chartZoomIn')}</span>
        </button>
        <button type="button" class="icon-button" title={t('chartZoomOut')} onClick={() => zoom(true)}>
          <Icon name="minus" />
          <span class="visually-hidden">{t('chartZoomOut')}</span>
        </button>
        <button
          type="button"
          class="icon-button"
          title={t('chartWhole')}
          onClick={() => {
            setFollowing(false);
            showAll();
          }}
        >
          <Icon name="map" />
          <span class="visually-hidden">{t('chartWhole')}</span>
        </button>
        <button
          type="button"
          class="icon-button"
          title={t('chartLarge')}
          onClick={() => void toggleLarge(element.current?.parentElement ?? null).catch(trouble)}
        >
          <Icon name="expand" />
          <span class="visually-hidden">{t('chartLarge')}</span>
        </button>
        {centre === null || still ? null : (
          <button
            type="button"
            class="icon-button"
            title={t('chartCentre')}
            aria-pressed={following}
            onClick={() => setFollowing(true)}
          >
            <Icon name="pin" />
            <span class="visually-hidden">{t('chartCentre')}</span>
          </button>
        )}
      </div>
    </div>
  );
};
