/** The part of elkjs that we use: one call, in this thread. The package types its main entry only loosely. */
declare module 'elkjs/lib/elk.bundled.js' {
  export interface ElkShape {
    readonly id: string;
    readonly x?: number;
    readonly y?: number;
    readonly width?: number;
    readonly height?: number;
  }
  export interface ElkLabel extends ElkShape {
    readonly text: string;
  }
  export interface ElkPoint {
    readonly x: number;
    readonly y: number;
  }
  export interface ElkEdge {
    readonly id: string;
    readonly sources: readonly string[];
    readonly targets: readonly string[];
    readonly labels?: readonly ElkLabel[];
    readonly sections?: readonly {
      readonly startPoint: ElkPoint;
      readonly endPoint: ElkPoint;
      readonly bendPoints?: readonly ElkPoint[];
    }[];
  }
  export interface ElkNode extends ElkShape {
    readonly children?: readonly ElkNode[];
    readonly edges?: readonly ElkEdge[];
    readonly layoutOptions?: Readonly<Record<string, string>>;
  }
  export default class Elk {
    layout(graph: ElkNode): Promise<ElkNode>;
  }
}
