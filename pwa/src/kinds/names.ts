/** The names of all kinds, known without fetching any of them: the first screens only ask whether something is an asset. */
const names = new Set(Object.keys(import.meta.glob('./*/kind.ts')).map((path) => path.split('/')[1]));

export const isKind = (type: string): boolean => names.has(type);
