/** In which languages the texts of one form are written: one choice for all its fields. */
import { language, languages } from '$lib/i18n/language.svelte';
import type { Text } from '$lib/model/documents';

export class Written {
  #texts: () => readonly Text[];
  #added = $state.raw<readonly string[]>([]);
  /** Those that at least one of the texts does not have yet. */
  readonly left = $derived.by(() => {
    const shown = this.#texts().map((text) => this.of(text));
    return languages.filter((code) => shown.some((some) => !some.includes(code)));
  });

  constructor(texts: () => readonly Text[]) {
    this.#texts = texts;
  }

  /** The languages to show of one text: what is there and what was added; at least, and first, that of the screens. */
  of(text: Text): string[] {
    const all = [...Object.keys(text), ...this.#added];
    if (all.length === 0) return [language.code];
    return all
      .filter((code, n) => all.indexOf(code) === n)
      .sort((a, b) => Number(b === language.code) - Number(a === language.code));
  }

  /** Show this one in all texts. Where nothing was written yet, the language of the screens stays. */
  add(code: string) {
    this.#added = [...this.#added, language.code, code];
  }
}
