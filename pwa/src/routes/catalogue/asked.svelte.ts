/** What was asked of the catalogue; it stays while one looks at a building block and comes back. */
import type { Filter } from '$lib/model/search';

const nothing = { words: '', kind: '', profile: '', difficulty: '', language: '' } satisfies Filter;

export const asked = $state({ ...nothing, more: false });

export function forgetFilters(): void {
  Object.assign(asked, nothing);
}
