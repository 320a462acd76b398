/** Values that never change, made where nothing is reactive. */
export const setOf = (ids: readonly string[]): ReadonlySet<string> => new Set(ids);
export const now = (): Date => new Date();
