import { m } from '$lib/i18n/messages';

/** What happened, by the server's word for it. */
const words: Record<string, () => string> = {};

/** A sentence for each word; one for all that a newer server may add. */
export const happened = (what: string): string => (words[what] ?? m.record_other)();
