/**
 * The language of the screens. Chosen by the person on this device, else the first of the browser's languages that we speak.
 * Reading `language.code` in a screen makes it follow a change at once; no reload.
 */
import {
  getLocale,
  isLocale,
  locales,
  overwriteGetLocale,
  setLocale,
  type Locale,
} from './paraglide/runtime.js';

const chosenKey = 'interlink:language-chosen';

class Language {
  #code = $state<Locale>(getLocale());

  constructor() {
    overwriteGetLocale(() => this.#code);
  }

  get code(): Locale {
    return this.#code;
  }

  /** The person's own choice: kept, and stronger than what the account says. */
  choose(code: string): void {
    if (!isLocale(code)) return;
    localStorage.setItem(chosenKey, 'yes');
    this.#speak(code);
  }

  /** What the account says, where nobody chose on this device. */
  suggest(code: string): void {
    if (isLocale(code) && localStorage.getItem(chosenKey) === null) this.#speak(code);
  }

  #speak(code: Locale): void {
    void setLocale(code, { reload: false });
    this.#code = code;
  }
}

export const language = new Language();
export const languages: readonly Locale[] = locales;
