import { describe, expect, it } from 'vitest';
import type { Grant } from './access';
import { aboveOf, addWish, cellOf, CHOICES, NO_FLAGS, withWishes, type Wish } from './rights';

const [nothing, see, add, all] = CHOICES as [Grant, Grant, Grant, Grant];
const grants: Grant[] = [
  { ...all, team: 'city', target: null },
  { ...see, team: 'citizens', target: 'process' },
  { ...add, team: 'citizens', target: 'design' },
  { ...nothing, team: 'citizens', target: 'jury' },
];
const process = ['process'];
const design = ['process', 'design'];
const jury = ['process', 'design', 'jury'];

describe('a cell', () => {
  it('says what is set on it', () => {
    expect(cellOf(grants, 'citizens', design)).toEqual({ flags: add, here: true, closed: false });
  });

  it('says what comes from above it when nothing is set', () => {
    expect(cellOf(grants, 'citizens', [...design, 'ideas'])).toMatchObject({ flags: add, here: false });
    expect(cellOf(grants, 'city', jury)).toMatchObject({ flags: all, here: false });
  });

  it('is closed when it is set and lets nobody in; without any grant it is not closed, only empty', () => {
    expect(cellOf(grants, 'citizens', jury).closed).toBe(true);
    expect(cellOf(grants, 'unknown', jury)).toEqual({ flags: NO_FLAGS, here: false, closed: false });
  });

  it('knows what it would say without its own grant', () => {
    expect(aboveOf(grants, 'citizens', jury)).toEqual(add);
    expect(aboveOf(grants, 'citizens', process)).toEqual(NO_FLAGS);
  });
});

describe('wishes', () => {
  const close: Wish = { team: 'citizens', target: 'design', flags: NO_FLAGS };

  it('change the table before they are saved, below the cell too', () => {
    const wished = withWishes(grants, 'process', [close]);
    expect(cellOf(wished, 'citizens', [...design, 'ideas']).flags).toEqual(NO_FLAGS);
    expect(cellOf(wished, 'city', design).flags).toEqual(all);
  });

  it('can take a grant away, so that the cell follows what is above', () => {
    const wished = withWishes(grants, 'process', [{ team: 'citizens', target: 'jury', flags: null }]);
    expect(cellOf(wished, 'citizens', jury)).toEqual({ flags: add, here: false, closed: false });
  });

  it('replace a grant on the whole process, whether it names the process or not', () => {
    const wished = withWishes(grants, 'process', [
      { team: 'citizens', target: null, flags: add },
      { team: 'city', target: null, flags: see },
    ]);
    expect(wished.filter((grant) => grant.team !== 'citizens' || grant.target === null)).toHaveLength(2);
    expect(cellOf(wished, 'citizens', process).flags).toEqual(add);
    expect(cellOf(wished, 'city', process).flags).toEqual(see);
  });

  it('are one for each cell, and none when they ask for what is there', () => {
    const once = addWish(grants, 'process', [], close);
    expect(once).toEqual([close]);
    const other: Wish = { ...close, flags: see };
    expect(addWish(grants, 'process', once, other)).toEqual([other]);
    expect(addWish(grants, 'process', once, { ...close, flags: add })).toEqual([]);
    expect(addWish(grants, 'process', [], { team: 'city', target: 'design', flags: null })).toEqual([]);
  });
});
