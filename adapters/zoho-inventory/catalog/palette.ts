/** Colours of the sandbox's products, `#rrggbb`. */
export const palette = {
  black: '#2f3238',
  charcoal: '#4a4f57',
  grey: '#8f979f',
  silver: '#b9c0c6',
  white: '#f1f0ec',
  blue: '#33639f',
  navy: '#27405f',
  teal: '#2f8083',
  green: '#557f5f',
  mustard: '#d3a13c',
  red: '#b8493f',
  cognac: '#a1602f',
  beige: '#d3c0a2',
  oak: '#cda26d',
  walnut: '#7d5236',
} as const;
