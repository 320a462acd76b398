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

class Language {
  #code = $state<Locale>(ofAddress() ?? getLocale());

  constructor() {
    overwriteGetLocale(() => this.#code);
  }

  get code(): Locale {
    return this.#code;
  }

  /** The person's own choice; the device keeps it. */
  choose(code: string): void {
    if (!isLocale(code)) return;
    void setLocale(code, { reload: false });
    this.#code = code;
  }
}

/** A public page may be shared in one language: its address says so, and the person's own choice stays what it is. */
function ofAddress(): Locale | undefined {
  if (typeof location === 'undefined' || !location.pathname.startsWith('/public')) return undefined;
  const asked = new URLSearchParams(location.search).get('lang');
  return isLocale(asked) ? asked : undefined;
}

export const language = new Language();
export const languages: readonly Locale[] = locales;
