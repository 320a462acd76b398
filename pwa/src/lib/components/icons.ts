/**
 * The drawn icons: a 24 grid, stroke 2, round ends. Each is a list of paths, because the state icons move their two halves when
 * they click shut. `dashed` and `heavy` name the few whose stroke differs.
 */
export const icons = {
  work: ['M4 11 12 4l8 7', 'M6 9.5V20h12V9.5', 'M10 20v-5h4v5'],
  process: [
    'M6.5 8h3a4 4 0 0 1 4 4v0a4 4 0 0 1-4 4h-3a4 4 0 0 1-4-4v-0a4 4 0 0 1 4-4z',
    'M12 8h5.5a4 4 0 0 1 0 8H16',
    'M10.5 11.9v.2',
  ],
  catalogue: [
    'M5 4h5a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1z',
    'M13.5 7.5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
    'm7.5 13.5 4 3.8-4 3.7-4-3.7z',
    'M14 15h6M14 19h6',
  ],
  search: ['M4.5 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0z', 'm16 16 4.5 4.5'],
  filter: ['M4 6h16M7 12h10M10 18h4'],
  plus: ['M12 5v14M5 12h14'],
  camera: ['M4 8h3.5L9 5.5h6L16.5 8H20v11H4z', 'M8.7 13a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0-6.6 0z'],
  send: ['M12 20V5M5.5 11.5 12 5l6.5 6.5'],
  check: ['m5 12.5 4.5 4.5L19 7.5'],
  x: ['m6 6 12 12M18 6 6 18'],
  pen: ['m4 20 1-4.5L16.5 4l3.5 3.5L8.5 19z'],
  back: ['M15 5l-7 7 7 7'],
  go: ['m9 5 7 7-7 7'],
  down: ['m5 9 7 7 7-7'],
  pin: [
    'M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z',
    'M9.8 10a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0z',
  ],
  when: [
    'M6 5.5h12a2 2 0 0 1 2 2v10.5a2 2 0 0 1-2 2h-12a2 2 0 0 1-2-2v-10.5a2 2 0 0 1 2-2z',
    'M4 10h16M8.5 3v4M15.5 3v4',
  ],
  people: [
    'M5.5 8.5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z',
    'M3 20c0-4 2.5-6 6-6s6 2 6 6M16 5.5a3.5 3.5 0 0 1 0 6.5M17.5 14.5c2.3.8 3.5 2.7 3.5 5.5',
  ],
  lock: [
    'M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2z',
    'M8 11V8a4 4 0 0 1 8 0v3',
  ],
  hold: ['M12 4v10M7.5 10 12 14.5 16.5 10', 'M4 15v3.5c0 1 .5 1.5 1.5 1.5h13c1 0 1.5-0.5 1.5-1.5V15'],
  file: ['M6 3.5h8L18.5 8v12.5H6z', 'M14 3.5V8h4.5M9 13h6M9 16.5h4'],
  globe: [
    'M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0z',
    'M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17',
  ],
  star: ['m12 4 2.4 5.2 5.6.6-4.2 3.8 1.2 5.6L12 16.3 7 19.2l1.2-5.6L4 9.8l5.6-0.6z'],
  shield: ['M12 3.5 5 6v6c0 4.5 3 7 7 8.5 4-1.5 7-4 7-8.5V6z', 'm9 12 2.2 2.2L15.2 10'],
  talk: ['M4 5h16v11h-8l-4.5 4v-4H4z'],
  clock: ['M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0z', 'M12 7v5.2l3.2 2'],
  more: ['M5 12h.01M12 12h.01M19 12h.01'],
  key: ['M4 14.5a4 4 0 1 0 8 0a4 4 0 1 0-8 0z', 'm11 11.5 8-8M16 6.5l3 3'],
  mail: ['M5.5 5.5h13a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2z', 'm4 7 8 6.5L20 7'],
  again: ['M19.5 12a7.5 7.5 0 1 1-2.5-5.6', 'M17.5 2.5v4.3h-4.3'],
  eye: [
    'M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z',
    'M9.2 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0z',
  ],
  note: [
    'M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-12a2 2 0 0 1-2-2v-12a2 2 0 0 1 2-2z',
    'M8 9h8M8 12.5h8M8 16h4',
  ],
  warn: ['M12 4 2.8 20h18.4z', 'M12 10v4.5M12 17.3v.1'],
  draft: [
    'M7 7.5h10a4.5 4.5 0 0 1 4.5 4.5v0a4.5 4.5 0 0 1-4.5 4.5h-10a4.5 4.5 0 0 1-4.5-4.5v-0a4.5 4.5 0 0 1 4.5-4.5z',
  ],
  waiting: ['M9 16.5H7a4.5 4.5 0 0 1 0-9h2M15 7.5h2a4.5 4.5 0 0 1 0 9h-2', 'M12 19V6M8.8 9.2 12 6l3.2 3.2'],
  received: ['M12.5 7.5H6.5a4.5 4.5 0 0 0 0 9h2.8', 'M11.5 16.5h6a4.5 4.5 0 0 0 0-9h-2.8', 'M9.5 12h5'],
  refused: ['M8.5 16.5H7a4.5 4.5 0 0 1 0-9h1.5M15.5 7.5H17a4.5 4.5 0 0 1 0 9h-1.5', 'M12 5v8M12 17.8v.1'],
  online: [
    'M6 8h4a4 4 0 0 1 4 4v0a4 4 0 0 1-4 4h-4a4 4 0 0 1-4-4v-0a4 4 0 0 1 4-4z',
    'M12.5 8H18a4 4 0 0 1 0 8h-3.5',
  ],
  offline: [
    'M8 16H6.5a4 4 0 0 1 0-8H8M16 8h1.5a4 4 0 0 1 0 8H16',
    'm10.5 5.5.6 2M13.5 18.5l-0.6-2M14.2 5.8l-0.9 1.7',
  ],
  two: [
    'M12 20v-7M12 13 6 5M12 13l6-8',
    'M5 4.5a1 1 0 1 0 2 0a1 1 0 1 0-2 0z',
    'M17 4.5a1 1 0 1 0 2 0a1 1 0 1 0-2 0z',
  ],
  sliders: [
    'M4 8h9M18.5 8H20M4 16h1.5M11 16h9',
    'M13 8a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0-5.4 0z',
    'M5.6 16a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0-5.4 0z',
  ],
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof icons;

/** Icons whose outline is dashed: not closed yet. */
export const dashed: ReadonlySet<IconName> = new Set<IconName>(['draft']);
/** Icons whose last path is drawn heavier. */
export const heavy: ReadonlySet<IconName> = new Set<IconName>(['more', 'refused']);
