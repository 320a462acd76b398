import { describe, expect, it } from 'vitest';
import { groupOf, morningOf, onRoad, roadOf, skillsIn, wished, QUIET } from './wishes';

describe('wishes', () => {
  it('are what everybody has until somebody says something', () => {
    expect(wished(undefined)).toMatchObject({ quiet: QUIET, cap: 2, digest: 'none', muted: [], skills: [] });
    expect(wished({ cap: 0, quiet: null })).toMatchObject({ quiet: null, cap: 0 });
  });

  it('give one road to kinds that mean the same to people', () => {
    const roads = onRoad({ mention: 'mail' }, 'calls', 'inbox');
    expect(roads).toEqual({ mention: 'mail', needed: 'inbox', place_free: 'inbox' });
    expect(roadOf(wished({ roads }), 'calls')).toBe('inbox');
    expect(roadOf(wished({ roads }), 'work')).toBe('push');
    expect(groupOf('cancelled')).toBe('promised');
    expect(groupOf('test')).toBeUndefined();
  });

  it('name each skill once, at most twenty', () => {
    expect(skillsIn(' patience,, Smartphone ; smartphone,Latvian')).toEqual([
      'patience',
      'smartphone',
      'Latvian',
    ]);
    expect(skillsIn(Array.from({ length: 30 }, (_, n) => `s${n}`).join(','))).toHaveLength(20);
    expect(skillsIn('x'.repeat(90))[0]).toHaveLength(60);
  });

  it('mean the morning of a day that is to come', () => {
    const now = new Date('2026-11-24T10:00:00');
    expect(morningOf('2026-11-30', now)).toBe(new Date('2026-11-30T00:00:00').toISOString());
    for (const day of ['2026-11-24', '2020-01-01', '', 'soon']) expect(morningOf(day, now)).toBeNull();
  });
});
