const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'Chromebook'],
  [/Linux/, 'Linux'],
];

/** What to call a passkey made here, until its owner calls it something else: the kind of device and no more. */
export const deviceName = (userAgent: string): string =>
  SYSTEMS.find(([mark]) => mark.test(userAgent))?.[1] ?? 'Interlink';
