/** Words of the frame around the pages. */
export const shellEn = {
  railMore: 'More',
  palette: 'Go to …',
  paletteHint: 'Type a page, a customer or a command',
  keyPalette: 'Search everything',
} as const;
