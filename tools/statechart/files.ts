/** The statechart's page and pictures, as they follow from the machine. */
import { CONVERSATION_VERSION, conversationMachine } from '../../machines/conversation/machine.ts';
import { transitionsOf } from '../../runtime/conversations/machine-graph.ts';
import { layoutMachine, type RegionPicture } from '../../runtime/statechart/layout.ts';
import { toSvg } from '../../runtime/statechart/svg.ts';
import { eventWords } from '../../runtime/statechart/words.ts';

export interface GeneratedFile {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

export const statechartFiles = async (): Promise<readonly GeneratedFile[]> => {
  const pictures = await layoutMachine(conversationMachine);
  return [
    { path: 'docs/statechart.md', text: page(pictures) },
    ...pictures.map((picture) => ({ path: `docs/${fileOf(picture)}`, text: toSvg(picture) })),
  ];
};

const fileOf = ({ path }: RegionPicture): string => `statechart/${path}.svg`;

const page = (pictures: readonly RegionPicture[]): string => `# The statechart of a conversation

Made from \`machines/conversation\` (version ${CONVERSATION_VERSION}) by \`npm run statechart\`; a test compares it with the
code. Do not edit it by hand.

A conversation is one actor. Its ${pictures.length} regions run side by side, because they are facts that do not depend on each
other: who may speak says nothing about what is being bought. An event reaches all of them in one step, and everything
that they change is written in one commit.

How to read the pictures: a box is a state, with its label, its name in the code, what it is for, the program that it
runs, and the events that it takes without leaving. An arrow is a transition: its event, and in brackets the guards that
have to hold. \`think answers\` and \`think fails\` are the results of the program \`think\`; \`after …\` is a timer; \`at once\`
is a decision that waits for nothing. States with a strong border are those that people should notice.

${pictures.map(summary).join('\n')}

${pictures.map(section).join('\n')}`;

const summary = ({ path, label, description, states }: RegionPicture): string =>
  `- [${path}](#${path}) (${states.length - 1} ${states.length === 2 ? 'state' : 'states'}): ${description ?? label}`;

const section = (picture: RegionPicture): string => `## ${picture.path}

${picture.description === null ? '' : `${picture.description}\n\n`}![The region ${picture.path}](${fileOf(picture)})

${table(picture.path)}`;

/** Each transition in words; those of one state and event in the order in which their guards are tried. */
const table = (region: string): string => {
  const rows = transitionsOf(conversationMachine)
    .filter(({ from }) => from === region || from.startsWith(`${region}.`))
    .map(({ from, to, event, guard, description }) => {
      const state = from === region ? region : from.slice(region.length + 1);
      const target = to === null ? 'stays' : `to \`${to.slice(region.length + 1) || to}\``;
      const condition = guard === null ? '' : ` [${guard}]`;
      return `- \`${state}\`, ${eventWords(event)}${condition}, ${target}: ${description ?? ''}`.trimEnd();
    });
  return rows.length === 0
    ? ''
    : `<details><summary>${rows.length} transitions</summary>\n\n${rows.join('\n')}\n\n</details>\n`;
};
