/** What was asked of the catalogue; it stays while one looks at a building block and comes back. */
import { nothing } from '$lib/model/catalogue';

export const asked = $state({ ...nothing });

export function forgetFilters(): void {
  Object.assign(asked, nothing);
}
