/**
 * What the phones show against what the shop says, by ids: each message went out under an id made of its command, its round
 * and its part, so that "sent twice" is told from "sent once, and not settled yet".
 */
import type pg from 'pg';
import { messageUuid } from '../../actors/conversation/send-message.ts';
import type { PhoneSimulator } from '../../adapters/wazzup/simulator.ts';

/** What the shop says and what its customers saw. */
export interface Witnesses {
  readonly pool: Pick<pg.Pool, 'query'>;
  readonly phones: Pick<PhoneSimulator, 'chats' | 'chat'>;
}

export interface PhoneVerdict {
  /** One part of one command at its phone once more, one id twice, or a message of no command. */
  readonly doubled: number;
  /** There once, and the shop does not know it by the vendor's id yet: its command or its echo is under way. */
  readonly unsettled: number;
  /** The shop says that it sent them, and no phone has them. */
  readonly vanished: number;
}

/** Rounds of 50 s that twelve tries of a send can reach, pauses of a minute and a channel's quarter of an hour included. */
const ROUNDS = 40;
/** A file is part -1; no reply of the load's scripts is longer than this many messages. */
const PARTS = [-1, 0, 1, 2, 3];

export const comparePhones = async ({ pool, phones }: Witnesses): Promise<PhoneVerdict> => {
  const known = await knownIds(pool);
  const parts = await partsOfCommands(pool);
  const seen = new Set<string>();
  const partsSeen = new Set<string>();
  let doubled = 0;
  let unsettled = 0;
  for (const { chatId } of phones.chats()) {
    for (const { from, id, crmMessageId } of phones.chat(chatId)) {
      if (from !== 'business') continue;
      const part = crmMessageId === undefined ? undefined : parts.get(crmMessageId);
      const isAgain = seen.has(id) || (part !== undefined && partsSeen.has(part));
      if (isAgain || (part === undefined && !known.has(id))) doubled++;
      else if (!known.has(id)) unsettled++;
      seen.add(id);
      if (part !== undefined) partsSeen.add(part);
    }
  }
  return { doubled, unsettled, vanished: [...known].filter((id) => !seen.has(id)).length };
};

/** The vendor's ids of the shop's own messages. */
const knownIds = async (pool: Witnesses['pool']): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ provider_id: string }>(
    `select c.provider_id from channel_message c join message m using (conversation_id, message_id)
     where m.sender = 'bot'`,
  );
  return new Set(rows.map((row) => row.provider_id));
};

/** From each id that a command may have used to the part that it names; both rounds of one part are one part. */
const partsOfCommands = async (pool: Witnesses['pool']): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await pool.query<{ command_id: string; rounds: number }>(
    `select command_id, least($1, 1 + greatest(0, coalesce(finished_at, next_at) - first_attempt_at) / 50000 + 1)::int as rounds
     from outbox where name = 'sendMessage' and first_attempt_at is not null`,
    [ROUNDS],
  );
  return new Map(
    rows.flatMap(({ command_id: command, rounds }) =>
      Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
        PARTS.map((part) => [messageUuid(command, round, part), `${command}#${part}`] as const),
      ),
    ),
  );
};
