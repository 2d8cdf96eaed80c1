/** The photo of a sandbox product, drawn by code: WhatsApp takes real PNG files (wire/01), and the sandbox has no camera. */
import type { Picture, Shape } from '../catalog/types.ts';
import { type Canvas, makeCanvas, SIZE } from './canvas.ts';
import { isPale, mix } from './colour.ts';
import { executiveChair, meshChair, stool, taskChair } from './office-chairs.ts';
import { foldingChair, visitorChair } from './other-chairs.ts';
import { ellipse, rect } from './path.ts';
import { FLOOR } from './pen.ts';
import { encodePng } from './png.ts';
import { panel, pod } from './rooms.ts';
import { cableTray, coatStand, footrest, lamp, monitorArm, powerBox, whiteboard } from './small-things.ts';
import { armchair, lumbarCushion, pouf, sofa } from './soft-seats.ts';
import { bookcase, cabinet, filingCabinet, locker, pedestal, receptionCounter } from './storage-units.ts';
import {
  coffeeTable,
  desk,
  deskRiser,
  executiveDesk,
  meetingTable,
  roundTable,
  standingDesk,
} from './tables.ts';
import { workstation } from './work-places.ts';

type Drawing = (canvas: Canvas, picture: Picture) => void;

const drawings: Readonly<Record<Shape, Drawing>> = {
  'mesh-chair': meshChair,
  'task-chair': taskChair,
  'executive-chair': executiveChair,
  'visitor-chair': visitorChair,
  'folding-chair': foldingChair,
  stool,
  desk,
  'executive-desk': executiveDesk,
  'standing-desk': standingDesk,
  'desk-riser': deskRiser,
  'meeting-table': meetingTable,
  'round-table': roundTable,
  workstation,
  cabinet,
  pedestal,
  'filing-cabinet': filingCabinet,
  bookcase,
  locker,
  reception: receptionCounter,
  sofa,
  armchair,
  'coffee-table': coffeeTable,
  pod,
  panel,
  lamp,
  'monitor-arm': monitorArm,
  footrest,
  whiteboard,
  'power-box': powerBox,
  'cable-tray': cableTray,
  'coat-stand': coatStand,
  pouf,
  cushion: lumbarCushion,
};

/** Things that hang or lie, without a shadow on the floor. */
const WITHOUT_SHADOW: ReadonlySet<Shape> = new Set(['power-box', 'cable-tray', 'cushion']);

/** An 800 × 800 PNG of the product in its colour. The same picture always gives the same bytes. */
export const drawProduct = (picture: Picture): Uint8Array => {
  const canvas = makeCanvas();
  drawBackground(canvas, picture);
  drawings[picture.shape](canvas, picture);
  return encodePng(canvas.pixels, SIZE, SIZE);
};

/** A light studio in a tint of the product, with a floor for it to stand on. */
const drawBackground = (canvas: Canvas, picture: Picture): void => {
  const tint = isPale(picture.colour) ? (picture.accent ?? picture.colour) : picture.colour;
  canvas.fill(rect(0, 0, SIZE, SIZE), { from: '#faf8f4', to: mix('#efece6', tint, 0.05) });
  canvas.fill(ellipse(400, 380, 318), mix('#f3f0ea', tint, 0.13));
  canvas.fill(rect(0, 640, SIZE, 160), { from: mix('#ece8e1', tint, 0.06), to: mix('#e4dfd6', tint, 0.08) });
  const stands =
    !WITHOUT_SHADOW.has(picture.shape) && !(picture.shape === 'panel' && picture.count === undefined);
  if (stands) canvas.glow(400, FLOOR, 360, 46, '#2a2622', 0.34);
};
