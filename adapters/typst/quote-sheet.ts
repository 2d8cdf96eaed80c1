/** A quotation ready for the press: every word and figure as it shall be read, in one language; the template only sets it. */

export interface SheetPart {
  readonly text: string;
  /** Reads from left to right in every language: an amount, a phone, an e-mail, a number. */
  readonly ltr: boolean;
}

export interface LabelledPart extends SheetPart {
  readonly label: string;
}

export interface SheetLine {
  /** Counted over the whole quotation, from 1. */
  readonly position: number;
  readonly sku: string;
  readonly name: string;
  /** Empty: the catalog says nothing. */
  readonly description: string;
  /** Materials, size, colour, warranty: as far as the catalog states them. */
  readonly specs: readonly { readonly label: string; readonly text: string }[];
  readonly quantity: string;
  readonly unitPrice: string;
  readonly total: string;
  /** A key of the pictures given beside the sheet; null: no photo. */
  readonly photo: string | null;
}

export interface SheetZone {
  /** Null: lines without a room; no row is printed for it. */
  readonly name: string | null;
  readonly total: string;
  readonly lines: readonly SheetLine[];
}

export interface QuoteSheet {
  readonly language: 'en' | 'ar';
  readonly title: string;
  /** `SO-00042 R1`. */
  readonly number: string;
  /** Of the quotation; also the file's own date, so that the same quotation makes the same bytes. */
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
  readonly seller: {
    readonly name: string;
    readonly note: string;
    readonly details: readonly SheetPart[];
  };
  readonly facts: readonly LabelledPart[];
  readonly customer: {
    readonly title: string;
    readonly name: string;
    readonly details: readonly LabelledPart[];
  };
  readonly columns: {
    readonly photo: string;
    readonly item: string;
    readonly quantity: string;
    readonly unitPrice: string;
    readonly total: string;
  };
  readonly zones: readonly SheetZone[];
  readonly totals: readonly (LabelledPart & { readonly strong: boolean })[];
  readonly terms: { readonly title: string; readonly items: readonly string[] };
  readonly contact: {
    readonly title: string;
    readonly name: string;
    readonly details: readonly SheetPart[];
  } | null;
  readonly footer: readonly SheetPart[];
  /** `Page 1 of 3`. */
  readonly pageWords: { readonly page: string; readonly of: string };
}

/** A jpg or png by its bytes. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly type: 'jpg' | 'png';
}

export interface SheetPictures {
  /** The shop's own logo; null: the built-in one. */
  readonly logo: Picture | null;
  readonly photos: ReadonlyMap<string, Picture>;
}
