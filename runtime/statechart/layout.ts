/**
 * Where the states and arrows of a machine's regions stand, computed by ELK. The same machine gives the same picture, to
 * the pixel. Costs tens of ms of CPU: keep the answer, once for each version of a machine.
 */
import Elk, { type ElkEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { AnyStateMachine } from 'xstate';
import {
  FULL_WORDING,
  type GraphArrow,
  type GraphBox,
  type RegionGraph,
  regionsOf,
  type Wording,
} from './region-graph.ts';
import { heightOf, type Line, widthOf } from './words.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Px from the top left corner of the region's picture. */
export interface StateBox extends Point {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly importance: 0 | 1 | 2;
  readonly compound: boolean;
  readonly final: boolean;
  /** Of a compound state: the child that it begins with. */
  readonly initial: string | null;
  readonly lines: readonly Line[];
}

export interface Arrow {
  /** Null: the mark of an initial state. */
  readonly from: string | null;
  readonly to: string;
  /** The transitions that share it; empty for the mark of an initial state. */
  readonly moves: GraphArrow['moves'];
  readonly points: readonly Point[];
  readonly label:
    | (Point & { readonly lines: readonly Line[]; readonly width: number; readonly height: number })
    | null;
}

export interface RegionPicture {
  readonly path: string;
  readonly label: string;
  readonly description: string | null;
  readonly width: number;
  readonly height: number;
  /** Parents before their children. */
  readonly states: readonly StateBox[];
  readonly arrows: readonly Arrow[];
}

/** Room around the text of a state, px. */
export const PADDING = 10;
const DOT = 10;
const MARGIN = 12;

export const layoutMachine = async (
  machine: AnyStateMachine,
  wording: Wording = FULL_WORDING,
): Promise<readonly RegionPicture[]> => {
  const elk = new Elk();
  const pictures: RegionPicture[] = [];
  for (const region of regionsOf(machine, wording)) pictures.push(await layoutRegion(elk, region));
  return pictures;
};

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.randomSeed': '1',
  'elk.padding': `[top=${MARGIN},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]`,
  'elk.spacing.nodeNode': '34',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  // From the initial state on: what is reached later stands lower, and ways back are the arrows that go up.
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
} as const;

const dotId = (path: string): string => `${path} begins`;

const layoutRegion = async (elk: Elk, region: RegionGraph): Promise<RegionPicture> => {
  const [root] = region.boxes;
  if (!root) throw new Error(`The region ${region.path} has no states.`);
  const done = await elk.layout({
    id: '(picture)',
    layoutOptions: OPTIONS,
    children: [nodeOf(root, region)],
    edges: [...region.arrows.map(edgeOf), ...initialEdges(region)],
  });
  const places = new Map(flatten(done).map((node) => [node.id, node]));
  return {
    path: region.path,
    label: region.label,
    description: region.description,
    width: round(done.width),
    height: round(done.height),
    states: region.boxes.map((box) => ({ ...drawn(box), ...placed(places.get(box.path)) })),
    arrows: (done.edges ?? []).map((edge) => arrowOf(edge, region)),
  };
};

const nodeOf = (box: GraphBox, region: RegionGraph): ElkNode => {
  const children = region.boxes.filter(({ parent }) => parent === box.path);
  const width = widthOf(box.lines) + 2 * PADDING;
  const height = heightOf(box.lines) + 2 * PADDING;
  if (children.length === 0) return { id: box.path, width, height };
  return {
    id: box.path,
    layoutOptions: {
      ...OPTIONS,
      'elk.padding': `[top=${height + 8},left=14,bottom=14,right=14]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${width},${height})`,
    },
    children: [
      ...(box.initial === null ? [] : [{ id: dotId(box.path), width: DOT, height: DOT }]),
      ...children.map((child) => nodeOf(child, region)),
    ],
  };
};

const edgeOf = ({ from, to, lines }: GraphArrow, index: number): ElkEdge => ({
  id: `arrow ${index}`,
  sources: [from],
  targets: [to],
  labels: [
    { id: `label ${index}`, text: String(index), width: widthOf(lines) + 8, height: heightOf(lines) + 4 },
  ],
});

const initialEdges = (region: RegionGraph): readonly ElkEdge[] =>
  region.boxes.flatMap(({ path, initial }) =>
    initial === null ? [] : [{ id: `begin ${path}`, sources: [dotId(path)], targets: [initial] }],
  );

const flatten = (node: ElkNode): readonly ElkNode[] => [node, ...(node.children ?? []).flatMap(flatten)];

const round = (value: number | undefined): number => Math.round(value ?? 0);

const placed = (node: ElkNode | undefined) => ({
  x: round(node?.x),
  y: round(node?.y),
  width: round(node?.width),
  height: round(node?.height),
});

const drawn = ({ path, importance, compound, final, initial, lines }: GraphBox) => ({
  path,
  importance,
  compound,
  final,
  initial,
  lines,
});

const arrowOf = (edge: ElkEdge, region: RegionGraph): Arrow => {
  const arrow = edge.id.startsWith('arrow ')
    ? region.arrows[Number(edge.id.slice('arrow '.length))]
    : undefined;
  const points = (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  const label = edge.labels?.[0];
  return {
    from: arrow?.from ?? null,
    to: arrow?.to ?? edge.targets[0] ?? '',
    moves: arrow?.moves ?? [],
    points: points.map(({ x, y }) => ({ x: round(x), y: round(y) })),
    label: arrow && label ? { ...placed(label), lines: arrow.lines } : null,
  };
};
