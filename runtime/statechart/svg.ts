/** A laid out region as an SVG file of its own: no scripts, no fonts to load, readable on a light and on a dark page. */
import { type Arrow, PADDING, type Point, type RegionPicture, type StateBox } from './layout.ts';
import { type Line, STYLES } from './words.ts';

/** The card brings its own background, so that it does not depend on the page's. */
const STYLE = `
.card{fill:#fbfcfe;stroke:#d5dbe5}
.state{fill:#ffffff;stroke:#9aa7ba;stroke-width:1.2}
.state.compound{fill:#f1f4f9}
.state.compound.deep{fill:#e7ecf4}
.state.important{stroke:#b4690e;stroke-width:1.8}
.arrow{fill:none;stroke:#5b6b82;stroke-width:1.2}
.head,.dot{fill:#5b6b82}
.chip{fill:#fbfcfe;fill-opacity:.92}
text{font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1d2735}
.title{font-weight:600}
.key,.note,.event{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.key{fill:#6a788d}.note{fill:#0b6b57}.event{fill:#1f4fa8}.guard{fill:#6a4a94}
@media (prefers-color-scheme:dark){
.card{fill:#151b23;stroke:#333d4a}
.state{fill:#1f2731;stroke:#647287}
.state.compound{fill:#1a212a}
.state.compound.deep{fill:#232c38}
.state.important{stroke:#e0a13c}
.arrow{stroke:#8896aa}.head,.dot{fill:#8896aa}
.chip{fill:#151b23}
text{fill:#e6ebf2}
.key{fill:#93a1b5}.note{fill:#5fd0b4}.event{fill:#8ab4ff}.guard{fill:#c3a6ec}
}`.trim();

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const toSvg = (picture: RegionPicture): string => {
  const { width, height, label, path } = picture;
  const title = escaped(path === '' ? label : `${label} (${path})`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    `<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>`,
    `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>`,
    ...picture.states.map(stateSvg),
    ...picture.arrows.map(arrowSvg),
    ...picture.arrows.map(labelSvg),
    '</svg>',
    '',
  ]
    .filter((part, index, all) => part !== '' || index === all.length - 1)
    .join('\n');
};

const stateSvg = ({ x, y, width, height, path, importance, compound, final, lines }: StateBox): string => {
  const classes = [
    'state',
    ...(compound ? ['compound'] : []),
    ...(compound && path.split('.').length > 1 ? ['deep'] : []),
    ...(importance === 2 ? ['important'] : []),
  ];
  const ring = final
    ? `<rect class="state" x="${x + 3}" y="${y + 3}" width="${width - 6}" height="${height - 6}" rx="5"/>`
    : '';
  return `<g><rect class="${classes.join(' ')}" x="${x}" y="${y}" width="${width}" height="${height}" rx="7"/>${ring}${linesSvg(lines, { x: x + PADDING, y: y + PADDING })}</g>`;
};

const linesSvg = (lines: readonly Line[], { x, y }: Point): string => {
  let bottom = y;
  return lines
    .map(({ style, text }) => {
      const { line, size } = STYLES[style];
      bottom += line;
      return `<text class="${style}" x="${x}" y="${bottom - Math.round((line - size) / 2) - 2}" font-size="${size}">${escaped(text)}</text>`;
    })
    .join('');
};

const arrowSvg = ({ from, points }: Arrow): string => {
  const [start] = points;
  if (!start) return '';
  const d = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const dot = from === null ? `<circle class="dot" cx="${start.x}" cy="${start.y - 5}" r="5"/>` : '';
  return `${dot}<path class="arrow" d="${d}" marker-end="url(#head)"/>`;
};

const labelSvg = ({ label }: Arrow): string =>
  label === null
    ? ''
    : `<g><rect class="chip" x="${label.x}" y="${label.y}" width="${label.width}" height="${label.height}" rx="3"/>${linesSvg(label.lines, { x: label.x + 4, y: label.y + 2 })}</g>`;
