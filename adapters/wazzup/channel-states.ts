/** What a channel's state means for us, and what a person can do about it (wire/01 §2.3, lesson F-45). */

export interface ChannelVerdict {
  /** Whether an answer has any chance to arrive. A state that we do not know is left to the vendor. */
  readonly maySend: boolean;
  /** Whether we may write to people who did not just write to us: only a healthy channel. */
  readonly mayReachOut: boolean;
  /** Whether managers are to be told. */
  readonly alarming: boolean;
  /** What to do, for a person; empty when all is well. */
  readonly advice: string;
}

/** Our own word for a configured channel that the account does not list. */
export const MISSING = 'missing';

const broken = (advice: string): ChannelVerdict => ({
  maySend: false,
  mayReachOut: false,
  alarming: true,
  advice,
});

const SCAN = 'Scan the QR code again in the Wazzup cabinet: the phone has logged out and nothing flows.';
const STATES: ReadonlyMap<string, ChannelVerdict> = new Map([
  ['active', { maySend: true, mayReachOut: true, alarming: false, advice: '' }],
  [
    'init',
    { maySend: true, mayReachOut: false, alarming: false, advice: 'The channel is starting; wait a minute.' },
  ],
  ['qridle', broken(SCAN)],
  ['qr', broken(SCAN)],
  ['phoneunavailable', broken('Switch the phone on and connect it to the internet.')],
  ['openelsewhere', broken('WhatsApp is open elsewhere: restart the channel in the Wazzup cabinet.')],
  ['notenoughmoney', broken('Top up the Wazzup account: the channel is not paid for.')],
  ['foreignphone', broken('Another number was scanned: connect the right phone in the Wazzup cabinet.')],
  ['unauthorized', broken('Log the channel in again in the Wazzup cabinet.')],
  ['waitforpassword', broken('Enter the two-step password in the Wazzup cabinet.')],
  ['blocked', broken('WhatsApp has blocked the number: read the notice in the Wazzup cabinet.')],
  ['disabled', broken('Switch the channel on in the Wazzup cabinet.')],
  ['onmoderation', broken('WhatsApp is still checking the number; wait for its approval.')],
  ['rejected', broken('WhatsApp refused the number: read the reason in the Wazzup cabinet.')],
  [MISSING, broken('The Wazzup account has no such channel: check WAZZUP_CHANNEL_ID.')],
]);

const UNKNOWN: ChannelVerdict = {
  maySend: true,
  mayReachOut: false,
  alarming: true,
  advice: 'This state is new to us: look at the channel in the Wazzup cabinet.',
};

/** By state in any spelling: list and webhook differ in case (wire/01 §2.3). */
export const judgeChannel = (state: string): ChannelVerdict => STATES.get(state.toLowerCase()) ?? UNKNOWN;
