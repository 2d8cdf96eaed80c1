import { describe, expect, it } from 'vitest';
import { isDrawing } from './drawing.ts';

describe('a drawing or a floor plan', () => {
  it.each([
    ['level-3.dwg', ''],
    ['Office_Plan_v2.pdf', ''],
    ['plan.pdf', ''],
    ['IMG-1.jpg', 'here is our floor plan'],
    ['IMG-1.jpg', 'هذا مخطط المكتب'],
    ['scan.pdf', 'layout of the office'],
    ['floor-plan.png', ''],
  ])('is known by name or words: %s %s', (name, caption) => {
    expect(isDrawing({ name, caption })).toBe(true);
  });

  it.each([
    ['photo.png', 'do you have this chair?'],
    [null, 'we plan to move in March'],
    ['catalogue.pdf', ''],
    ['plant.jpg', ''],
    ['airplane.png', 'this one'],
    ['IMG-1.jpg', 'هل لديكم هذا الكرسي؟'],
  ])('is not every file: %s %s', (name, caption) => {
    expect(isDrawing({ name, caption })).toBe(false);
  });
});
