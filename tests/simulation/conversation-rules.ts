/** What must be true of every conversation, read off its journal, its commands and its last snapshot. */
import type { ConversationContext } from '../../machines/conversation/context.ts';
import { applyChanges } from '../../runtime/engine/diff.ts';
import type { JournalRow } from '../../runtime/engine/types.ts';
import type { World } from './world.ts';

interface State {
  readonly context: ConversationContext;
}

/** One sentence for each broken rule. */
export const conversationFaults = (world: World): readonly string[] => [
  ...[...world.db.journal].flatMap(([id, rows]) => ofConversation(world, id, rows)),
  ...[...world.db.mailbox].flatMap(([id, mails]) =>
    mails
      .filter(({ parked }) => parked)
      .map(({ eventId, parkedReason }) => `G8: ${eventId} of ${id} was parked: ${parkedReason}`),
  ),
];

const ofConversation = (world: World, id: string, rows: readonly JournalRow[]): readonly string[] => {
  const walk = new Walk(world, id);
  for (const row of rows) walk.take(row);
  return walk.end(rows.at(-1));
};

/** Commands that may leave `pending` behind: a reply, or a person who speaks, or the customer who takes it back. */
const PEOPLE = /^(manager\.|channel\.echo$|customer\.deleted$)/;

class Walk {
  private readonly world: World;
  private readonly id: string;
  private readonly faults: string[] = [];
  private state: State | undefined;
  /** Sends of the bot that may still leave. */
  private readonly botSends = new Set<string>();
  private readonly replies = new Map<number, number>();

  constructor(world: World, id: string) {
    this.world = world;
    this.id = id;
  }

  take(row: JournalRow): void {
    const before = this.state?.context.pending ?? [];
    this.state = applyChanges(this.state, row.contextDiff) as State;
    const replied = this.follow(row);
    if (row.to.some((path) => path.startsWith('owner.manager')) && this.botSends.size > 0) {
      this.fault(row, `the bot sends ${[...this.botSends].join()} while a person owns the chat`);
    }
    const { pending, turn } = this.state.context;
    if (replied) {
      const times = (this.replies.get(turn.number) ?? 0) + 1;
      this.replies.set(turn.number, times);
      if (times > 1) this.fault(row, `turn ${turn.number} replies ${times} times`);
    }
    const left = before.filter(({ messageId }) => !pending.some((other) => other.messageId === messageId));
    if (left.length > 0 && !replied && !PEOPLE.test(row.event.type)) {
      this.fault(row, `${left.map(({ messageId }) => messageId).join()} is neither pending nor answered`);
    }
  }

  end(last: JournalRow | undefined): readonly string[] {
    const idle = last?.to.includes('turn.idle') && last.to.includes('owner.bot');
    const waiting = this.state?.context.pending ?? [];
    // Through a closed window nobody may answer; a template is a person's decision (domain 17.3).
    const open = last?.to.includes('window.open');
    if (last && idle && open && waiting.length > 0 && this.state?.context.briefing.botEnabled) {
      this.fault(last, `${waiting.length} messages wait and nobody works on them`);
    }
    return this.faults;
  }

  /** Keeps account of the bot's sends; true when this row queued the turn's reply. */
  private follow(row: JournalRow): boolean {
    if (/^xstate\.(done|error)\.actor\./.test(row.event.type))
      this.botSends.delete(String(row.event.commandId));
    // Its echo shows that it has left, before the channel's answer does.
    if (row.event.type === 'channel.echo')
      this.botSends.delete(String(row.event.messageId).replace(/^p /, ''));
    let replied = false;
    for (const { id, name, op } of row.commands) {
      if (op === 'stop') this.botSends.delete(id);
      if (op !== 'invoke' || name !== 'sendMessage') continue;
      const command = this.world.db.outbox.get(id);
      if ((command?.input as { by: string } | undefined)?.by === 'bot') this.botSends.add(id);
      if (command?.childId === 'send.reply') replied = true;
    }
    return replied;
  }

  private fault(row: JournalRow, says: string): void {
    this.faults.push(`conversation: row ${row.seq} of ${this.id} (${row.event.type}): ${says}`);
  }
}
