/** Frames of the inspector's socket, kept for this page and passed on to Stately's window (wire/10 §3). */

/** Frames kept; the oldest go (G10). */
export const MAX_FRAMES = 400;
export const STATELY_URL = 'https://stately.ai/inspect';
const STATELY_ORIGIN = new URL(STATELY_URL).origin;

export interface InspectFrame {
  readonly type: string;
  readonly createdAt: string;
  readonly event?: { readonly type: string };
  readonly snapshot?: { readonly value?: unknown; readonly context?: unknown };
}

/** Null: not a frame. A viewer must tolerate what it does not know. */
export const readFrame = (text: string): InspectFrame | null => {
  try {
    const frame: unknown = JSON.parse(text);
    const isFrame = typeof frame === 'object' && frame !== null && 'type' in frame && 'createdAt' in frame;
    return isFrame ? (frame as InspectFrame) : null;
  } catch {
    return null;
  }
};

export interface Viewer {
  readonly postMessage: (message: unknown, origin: string) => void;
  readonly closed: boolean;
}

export interface Heard {
  readonly origin: string;
  readonly source: unknown;
  readonly data: unknown;
}

/** Tells a viewer everything from the beginning once it says that it is there, and each frame from then on. */
export const makeRelay = () => {
  let frames: readonly InspectFrame[] = [];
  let viewer: Viewer | null = null;
  let connected = false;
  const tell = (frame: InspectFrame): void => viewer?.postMessage(frame, STATELY_ORIGIN);
  return {
    frames: () => frames,
    add: (frame: InspectFrame): void => {
      // The first tells of the actor: without it a viewer knows nothing.
      const [first, ...rest] = [...frames, frame];
      frames = first === undefined ? [] : [first, ...rest.slice(1 - MAX_FRAMES)];
      if (connected && viewer?.closed === false) tell(frame);
    },
    opened: (opened: Viewer): void => {
      viewer = opened;
      connected = false;
    },
    /** Only the viewer's own window, at its own address, is answered. */
    heard: ({ origin, source, data }: Heard): void => {
      const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : null;
      if (origin !== STATELY_ORIGIN || source !== viewer || type !== '@statelyai.connected') return;
      connected = true;
      for (const frame of frames) tell(frame);
    },
  };
};
