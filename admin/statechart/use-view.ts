/** What part of a picture is seen: panned by dragging, arrows and the wheel, zoomed by buttons, keys and Ctrl+wheel. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface View {
  /** The picture's point in the middle of the pane, px of the picture. */
  readonly x: number;
  readonly y: number;
  /** Px of the screen for one of the picture. */
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MIN_SCALE = 0.12;
export const MAX_SCALE = 2;
/** At this scale words are read without effort. */
export const READING_SCALE = 0.75;
const ZOOM_STEP = 1.25;
const PAN_STEP_PX = 60;

const between = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

/** The whole picture. */
export const fitted = (picture: Size, pane: Size): View => ({
  x: picture.width / 2,
  y: picture.height / 2,
  scale: between(Math.min(pane.width / picture.width, pane.height / picture.height), MIN_SCALE, 1),
});

/** As close to a point as the picture's edges allow: no empty paper beside a picture that fills the pane. */
export const around = (
  point: { readonly x: number; readonly y: number },
  scale: number,
  picture: Size,
  pane: Size,
): View => {
  const along = (at: number, whole: number, seen: number): number =>
    seen >= whole ? whole / 2 : between(at, seen / 2, whole - seen / 2);
  return {
    x: along(point.x, picture.width, pane.width / scale),
    y: along(point.y, picture.height, pane.height / scale),
    scale,
  };
};

/** `viewBox` of a view. */
export const viewBoxOf = ({ x, y, scale }: View, pane: Size): string => {
  const [width, height] = [pane.width / scale, pane.height / scale];
  return `${x - width / 2} ${y - height / 2} ${width} ${height}`;
};

/** Zooms so that the point under the pointer stays where it is; `at` is measured from the pane's middle, px. */
export const zoomedAt = (
  view: View,
  factor: number,
  at: { readonly x: number; readonly y: number },
): View => {
  const scale = between(view.scale * factor, MIN_SCALE, MAX_SCALE);
  const shift = 1 / view.scale - 1 / scale;
  return { x: view.x + at.x * shift, y: view.y + at.y * shift, scale };
};

const CENTRE = { x: 0, y: 0 };

const KEYS: Readonly<Record<string, (view: View) => View>> = {
  ArrowLeft: (view) => ({ ...view, x: view.x - PAN_STEP_PX / view.scale }),
  ArrowRight: (view) => ({ ...view, x: view.x + PAN_STEP_PX / view.scale }),
  ArrowUp: (view) => ({ ...view, y: view.y - PAN_STEP_PX / view.scale }),
  ArrowDown: (view) => ({ ...view, y: view.y + PAN_STEP_PX / view.scale }),
  '+': (view) => zoomedAt(view, ZOOM_STEP, CENTRE),
  '=': (view) => zoomedAt(view, ZOOM_STEP, CENTRE),
  '-': (view) => zoomedAt(view, 1 / ZOOM_STEP, CENTRE),
};

/** @param onMoved the person took over: nothing should move by itself any more */
export const useView = (start: View, onMoved: () => void) => {
  const element = useRef<HTMLDivElement>(null);
  const [pane, setPane] = useState<Size>({ width: 400, height: 400 });
  const [view, setView] = useState<View>(start);
  const moved = useRef(onMoved);
  moved.current = onMoved;
  const change = (next: (view: View) => View): void => {
    moved.current();
    setView(next);
  };
  useLayoutEffect(() => {
    const found = element.current;
    if (found === null) return;
    const measure = (): void => setPane({ width: found.clientWidth || 1, height: found.clientHeight || 1 });
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(found);
    return () => resized.disconnect();
  }, []);
  useEffect(() => {
    const found = element.current;
    if (found === null) return;
    // By hand, because the wheel must be kept from scrolling and zooming the page.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = found.getBoundingClientRect();
      const at = {
        x: event.clientX - box.left - box.width / 2,
        y: event.clientY - box.top - box.height / 2,
      };
      change((old) =>
        event.ctrlKey || event.metaKey
          ? zoomedAt(old, Math.exp(-event.deltaY / 300), at)
          : { ...old, x: old.x + event.deltaX / old.scale, y: old.y + event.deltaY / old.scale },
      );
    };
    found.addEventListener('wheel', onWheel, { passive: false });
    return () => found.removeEventListener('wheel', onWheel);
  }, []);
  const onPointerDown = (event: PointerEvent): void => {
    const found = element.current;
    if (event.button !== 0 || found === null) return;
    let [x, y] = [event.clientX, event.clientY];
    const onMove = (next: PointerEvent): void => {
      const [dx, dy] = [next.clientX - x, next.clientY - y];
      [x, y] = [next.clientX, next.clientY];
      change((old) => ({ ...old, x: old.x - dx / old.scale, y: old.y - dy / old.scale }));
    };
    const onUp = (): void => window.removeEventListener('pointermove', onMove);
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp, { once: true });
    window.addEventListener('pointercancel', onUp, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    change(next);
  };
  return {
    element,
    pane,
    view,
    setView,
    zoom: (out: boolean) => change((old) => zoomedAt(old, out ? 1 / ZOOM_STEP : ZOOM_STEP, CENTRE)),
    onPointerDown,
    onKeyDown,
  };
};
