/** Where the conversation stands: the statechart as nested lists, the current states lit, the last move animated. */
import { useState } from 'preact/hooks';
import { useConversation } from '../conversation/context.ts';
import { say, t } from '../i18n/i18n.ts';
import { type TreeNode, treeOf } from './state-tree.ts';

interface NodeLineProps {
  readonly node: TreeNode;
  readonly entered: ReadonlySet<string>;
  readonly all: boolean;
}

const NodeLine = ({ node, entered, all }: NodeLineProps) => {
  const only = node.children.find((child) => child.active);
  // "A person › A person" says nothing twice: a state named like its parent stands for both.
  if (!all && only !== undefined && only.state.label === node.state.label) {
    return <NodeLine node={only} entered={entered} all={all} />;
  }
  const children = node.children.filter((child) => all || child.active);
  const fresh = node.leaf && entered.has(`states/${node.state.path}`);
  return (
    <li
      class={`state-node ${node.active ? 'is-active' : ''} ${node.leaf ? 'is-leaf' : ''} ${fresh ? 'is-fresh' : ''}`}
      aria-current={node.leaf ? 'step' : undefined}
    >
      <span
        class="state-name"
        title={node.state.description === null ? node.state.path : say(node.state.description)}
        dir="auto"
      >
        {say(node.state.label)}
      </span>
      {children.length === 0 ? null : (
        <ul>
          {children.map((child) => (
            <NodeLine key={child.state.path} node={child} entered={entered} all={all} />
          ))}
        </ul>
      )}
    </li>
  );
};

/** Without the machine's map the paths themselves are told. */
const PlainStates = ({ states }: { states: readonly string[] }) => (
  <>
    <p class="quiet-note">{t('noMachine')}</p>
    <ul class="plain-states" dir="ltr">
      {states.map((path) => (
        <li key={path}>{path.replaceAll('.', ' › ')}</li>
      ))}
    </ul>
  </>
);

export const StatesSection = ({ entered }: { entered: ReadonlySet<string> }) => {
  const [all, setAll] = useState(false);
  const machine = useConversation((context) => context.machine);
  const states = useConversation((context) => context.detail?.states ?? null);
  if (states === null) return null;
  // The map is the same for every conversation and comes within a blink; until then nothing is claimed.
  if (machine === undefined) return null;
  const tree = machine === null ? null : treeOf(machine, states);
  return (
    <section class="facts-part">
      <header>
        <h3>{t('states')}</h3>
        {tree === null ? null : (
          <button type="button" class="link-button" aria-pressed={all} onClick={() => setAll(!all)}>
            {all ? t('currentOnly') : t('showAllStates')}
          </button>
        )}
      </header>
      {tree === null ? (
        <PlainStates states={states} />
      ) : (
        <ul class="regions">
          {tree.map((region) => (
            <li key={region.state.path} class="region">
              <span class="region-name">{say(region.state.label)}</span>
              <ul>
                {region.children
                  .filter((child) => all || child.active)
                  .map((child) => (
                    <NodeLine key={child.state.path} node={child} entered={entered} all={all} />
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
