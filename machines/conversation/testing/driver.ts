/**
 * Drives the pure machine in tests the way the host does: events with a time in, actions as data out, children and
 * timers answered by hand. Virtual time; nothing runs.
 */
import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type {
  BriefOutput,
  IdentifyOutput,
  SendInput,
  ThinkInput,
  ThinkOutput,
  UseToolsInput,
} from '../actors.ts';
import { DEFAULT_BRIEFING, type EvidenceProduct } from '../context.ts';
import type { ConversationEvent, CustomerMessage } from '../events.ts';
import type { MessageFact } from '../facts.ts';
import { conversationMachine } from '../machine.ts';

interface Child {
  readonly id: string;
  readonly src: string;
  readonly input: unknown;
}

interface RawAction {
  readonly type: string;
  readonly params?: unknown;
}

export const START = Date.UTC(2026, 0, 15, 10, 0, 0);

export const TIMING = {
  debounceMs: 1500,
  debounceMaxMs: 6000,
  replyDeadlineMs: 10_000,
  handOverReturnMs: 8 * 3600_000,
};

export class Driver {
  now = START;
  snapshot;
  readonly children = new Map<string, Child>();
  readonly timers = new Map<string, { at: number; event: { type: string } }>();
  readonly commands: { type: string; params: unknown }[] = [];
  readonly emitted: MessageFact[] = [];
  readonly stopped: string[] = [];
  #messages = 0;

  constructor() {
    const input = { id: 'wz:c1:971501234567', channelId: 'c1', chatId: '971501234567', timing: TIMING };
    const [snapshot, actions] = initialTransition(conversationMachine, input);
    this.snapshot = snapshot;
    this.#take(actions as readonly RawAction[]);
  }

  get context() {
    return this.snapshot.context;
  }

  /** Is the machine in this state? `turn.working.thinking` */
  in(path: string): boolean {
    const value = path
      .split('.')
      .reduceRight<unknown>((inner, key) => (inner === null ? key : { [key]: inner }), null);
    return (this.snapshot as AnyMachineSnapshot).matches(value as never);
  }

  send(event: ConversationEvent | { type: string; [key: string]: unknown }): void {
    const stamped = { ...event, at: this.now };
    const [snapshot, actions] = transition(conversationMachine, this.snapshot, stamped as never);
    if (snapshot.status === 'error')
      throw new Error(`the machine failed on ${event.type}: ${String(snapshot.error)}`);
    this.snapshot = snapshot;
    this.#take(actions as readonly RawAction[]);
  }

  says(text: string, more: Partial<CustomerMessage> = {}): string {
    const messageId = more.messageId ?? `c${++this.#messages}`;
    this.send({
      type: 'customer.message',
      messageId,
      kind: 'text',
      text,
      media: null,
      quoted: null,
      contactName: null,
      sentAt: this.now,
      ...more,
    });
    return messageId;
  }

  /** Lets time pass and fires what is due, in order. */
  wait(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const due = [...this.timers]
        .filter(([, timer]) => timer.at <= until)
        .sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.now = Math.max(this.now, due[1].at);
      this.send(due[1].event);
    }
    this.now = until;
  }

  child(src: string): Child {
    const found = [...this.children.values()].find((child) => child.src === src);
    if (!found) throw new Error(`no ${src} is running; running: ${[...this.children.keys()].join(', ')}`);
    return found;
  }

  running(src: string): boolean {
    return [...this.children.values()].some((child) => child.src === src);
  }

  done(src: string, output: unknown): void {
    const { id } = this.child(src);
    this.children.delete(id);
    this.send({ type: `xstate.done.actor.${id}`, output });
  }

  fail(src: string, error = { _tag: 'Failure', message: 'it failed', retryable: false }): void {
    const { id } = this.child(src);
    this.children.delete(id);
    this.send({ type: `xstate.error.actor.${id}`, error });
  }

  /** Answers the CRM look-up, if it runs: nobody is known. */
  settleCustomer(contact: IdentifyOutput['contact'] = null): void {
    if (this.running('identifyCustomer')) this.done('identifyCustomer', { contact });
    if (this.running('createContact')) this.done('createContact', { contactId: 'crm-1' });
  }

  brief(output: Partial<BriefOutput> = {}): void {
    this.done('brief', { briefing: DEFAULT_BRIEFING, products: [], articles: [], ...output });
  }

  /** From a customer's words to the first model call. */
  untilThinking(text: string): void {
    this.says(text);
    this.settleCustomer();
    this.wait(TIMING.debounceMs);
    this.brief();
  }

  thinks(text: string | null, toolCalls: readonly { name: string; args: unknown }[] = []): void {
    const output: ThinkOutput = {
      text,
      toolCalls: toolCalls.map((call, index) => ({
        id: `call_${index}`,
        name: call.name,
        arguments: typeof call.args === 'string' ? call.args : JSON.stringify(call.args),
      })),
      finishReason: toolCalls.length > 0 ? 'tool_calls' : 'stop',
      model: 'test/model',
      generationId: 'gen-1',
      usage: { promptTokens: 100, completionTokens: 10, cachedTokens: 0, costUsd: '0.0004' },
    };
    this.done('think', output);
  }

  finds(products: readonly EvidenceProduct[]): void {
    const { calls } = this.child('useTools').input as UseToolsInput;
    this.done('useTools', {
      results: calls.map((call) => ({
        id: call.id,
        name: call.name,
        result: { tool: 'products', products },
      })),
    });
  }

  /** What is being sent now. */
  get sending(): string[] {
    return [...this.children.values()]
      .filter((child) => child.src === 'sendMessage')
      .map((child) => (child.input as SendInput).text);
  }

  sent(providerId = 'p1'): void {
    const { localId } = this.child('sendMessage').input as SendInput;
    this.done('sendMessage', { localId, providerIds: [providerId] });
  }

  get prompt(): ThinkInput {
    return this.child('think').input as ThinkInput;
  }

  #take(actions: readonly RawAction[]): void {
    for (const action of actions) {
      const params = action.params as Record<string, unknown> | undefined;
      switch (action.type) {
        case 'xstate.spawnChild': {
          // An id given as a function is resolved in the reference only.
          const { id } = (action.params as { actorRef: { id: string } }).actorRef;
          this.children.set(id, { id, src: String(params?.src), input: params?.input });
          break;
        }
        case 'xstate.stopChild': {
          // Without a reference there is no such child.
          const id = (action.params as { id: string } | undefined)?.id;
          if (id !== undefined && this.children.delete(id)) this.stopped.push(id);
          break;
        }
        case 'xstate.raise':
          if (params?.delay !== undefined) {
            this.timers.set(String(params.id), {
              at: this.now + Number(params.delay),
              event: params.event as { type: string },
            });
          }
          break;
        case 'xstate.cancel':
          this.timers.delete(String(params?.sendId));
          break;
        case 'xstate.emit':
          this.emitted.push(params?.event as MessageFact);
          break;
        default:
          if (!action.type.startsWith('xstate.'))
            this.commands.push({ type: action.type, params: action.params });
      }
    }
  }
}

export const CHAIR: EvidenceProduct = {
  sku: 'CH-616',
  name: 'Ergo Task Chair 616',
  nameAr: 'كرسي عمل مريح 616',
  price: '450.00',
  currency: 'AED',
  stock: 12,
  description: 'Mesh back, adjustable arms',
  category: 'Task chairs',
};
