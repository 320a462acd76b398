import type { Text } from './documents';

/** Words to show, the language they are in, and whether that is not the one asked for. */
export interface Shown {
  text: string;
  lang: string;
  /** True: label it, and mark it with `lang`. */
  missing: boolean;
}

/** The language itself, its base («lv» of «lv-LV»), English, else the first there is by name. */
export function textIn(text: Text | null | undefined, language: string): Shown {
  const has = (lang: string) => !!text && (text[lang]?.trim() ?? '') !== '';
  const base = language.split('-')[0] ?? language;
  for (const lang of [language, base]) if (has(lang)) return { text: text![lang]!, lang, missing: false };
  const other = ['en', ...Object.keys(text ?? {}).sort()].find(has);
  return other
    ? { text: text![other]!, lang: other, missing: true }
    : { text: '', lang: language, missing: true };
}

/** Without the languages that say nothing. */
export const spoken = (text: Text): Text =>
  Object.fromEntries(
    Object.entries(text)
      .map(([lang, words]) => [lang, words.trim()] as const)
      .filter(([, words]) => words !== ''),
  );
