/** The region in words: the same as the picture, for screen readers and small screens. */
import type { ChartRegion, MachineLayout } from '../api/types.ts';
import { listOf, t } from '../i18n/i18n.ts';

export interface RegionTreeProps {
  readonly layout: MachineLayout;
  readonly region: ChartRegion;
  readonly isCurrent: (path: string) => boolean;
  readonly isLeaf: (path: string) => boolean;
}

const Node = ({ path, level, props }: { path: string; level: number; props: RegionTreeProps }) => {
  const state = props.layout.states.find((one) => one.path === path);
  const children = props.layout.states.filter((one) => one.parent === path);
  const out = props.region.arrows.filter(({ from }) => from === path);
  if (state === undefined) return null;
  return (
    <li
      class={props.isCurrent(path) ? 'is-current' : ''}
      aria-current={props.isLeaf(path) ? 'step' : undefined}
    >
      <span class="tree-state">
        {state.label}
        {props.isLeaf(path) ? <em>{t('chartHere')}</em> : null}
      </span>
      {out.length === 0 || !props.isCurrent(path) ? null : (
        <ul class="tree-ways">
          {out.map((arrow, index) => (
            <li key={index}>
              {t('chartLeads', {
                event: listOf([...new Set(arrow.moves.map(({ words }) => words))]),
                state: props.layout.states.find((one) => one.path === arrow.to)?.label ?? arrow.to,
              })}
            </li>
          ))}
        </ul>
      )}
      {children.length === 0 ? null : (
        <ul>
          {children.map((child) => (
            <Node key={child.path} path={child.path} level={level + 1} props={props} />
          ))}
        </ul>
      )}
    </li>
  );
};

export const RegionTree = (props: RegionTreeProps) => (
  <ul class="region-tree" aria-label={props.region.label}>
    <Node path={props.region.path} level={1} props={props} />
  </ul>
);
