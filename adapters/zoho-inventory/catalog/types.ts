/** An item of the sandbox catalog: what a small shop keeps in Zoho Inventory, in English and Arabic. */

/** What the photo shows; each shape has its own drawing. */
export type Shape =
  | 'mesh-chair'
  | 'task-chair'
  | 'executive-chair'
  | 'visitor-chair'
  | 'folding-chair'
  | 'stool'
  | 'desk'
  | 'executive-desk'
  | 'standing-desk'
  | 'desk-riser'
  | 'meeting-table'
  | 'round-table'
  | 'workstation'
  | 'cabinet'
  | 'pedestal'
  | 'filing-cabinet'
  | 'bookcase'
  | 'locker'
  | 'reception'
  | 'sofa'
  | 'armchair'
  | 'coffee-table'
  | 'pod'
  | 'panel'
  | 'lamp'
  | 'monitor-arm'
  | 'footrest'
  | 'whiteboard'
  | 'power-box'
  | 'cable-tray'
  | 'coat-stand'
  | 'pouf'
  | 'cushion';

export interface Picture {
  readonly shape: Shape;
  /** Main colour, `#rrggbb`. */
  readonly colour: string;
  /** Second colour: frame, legs or worktop. */
  readonly accent?: string;
  /** Seats, doors or people, where the shape can show them. */
  readonly count?: number;
}

export interface SandboxItem {
  readonly sku: string;
  readonly category: string;
  readonly name: string;
  readonly nameAr: string;
  readonly description: string;
  readonly descriptionAr: string;
  /** AED, decimal text; `null`: Inventory has no price. */
  readonly price: string | null;
  readonly stock: number;
  /** `pcs` when absent. */
  readonly unit?: string;
  /** `true` when absent. */
  readonly active?: boolean;
  /** Stated facts only; what is not stated is unknown (domain 12.9). */
  readonly attributes: Readonly<Record<string, string>>;
  /** `null`: no photo in Inventory. */
  readonly picture: Picture | null;
}
