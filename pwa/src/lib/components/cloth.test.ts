import { describe, expect, it } from 'vitest';
import type { Thread } from '../model/process';
import { missing, outline, swatch, weave } from './cloth';

const both: Thread = { begun: true, took: ['gov', 'cit'] };
const city: Thread = { begun: true, took: ['gov'] };
const later: Thread = { begun: false, took: [] };

describe('the cloth of a process', () => {
  it('lays a kind over every objective where it took part and nowhere else', () => {
    const cloth = weave([both, city, later, later], 160, 90);
    expect(cloth.warp).toHaveLength(2);
    expect(cloth.over.map((box) => box.kind)).toEqual(['gov', 'cit', 'gov']);
  });

  it('leaves what has not begun as loose threads', () => {
    const cloth = weave([city, later, later, later], 160, 90);
    expect(cloth.looseWarp).toHaveLength(9);
    expect(Math.max(...cloth.looseWeft.map((line) => line.x2))).toBe(160);
  });

  it('has no loose end when everything is woven', () => {
    const cloth = weave([both, both, both, both], 160, 90);
    expect(cloth.looseWarp).toEqual([]);
    expect(cloth.looseWeft).toEqual([]);
    expect(cloth.weft[0]?.width).toBe(160);
  });

  it('is all loose threads for a process that starts today', () => {
    const cloth = weave([later, later], 160, 90);
    expect(cloth.weft).toEqual([]);
    expect(cloth.looseWarp).toHaveLength(12);
  });

  it('is drawn with one line for all that looks alike, however many threads cross', () => {
    const { warp } = weave([both, city, later, later], 160, 90);
    expect(outline(warp)).toBe(warp.map(({ x, width }) => `M${x} 0h${width}v90h-${width}z`).join(''));
    expect(outline([{ x: 10, y: 20, width: 30, height: 40 }], 1, 2)).toBe('M9 18h32v44h-32z');
  });

  it('names the partner who is missing, but not before anybody could have come', () => {
    expect(missing([both, city])).toEqual(['com']);
    expect(missing([later])).toEqual([]);
  });

  it('shows in small the last five objectives and the next', () => {
    const threads = [city, city, both, city, city, both, later, later];
    expect(swatch(threads)).toEqual([city, both, city, city, both, later]);
  });
});
