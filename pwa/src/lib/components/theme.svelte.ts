/** Light, dark, or as the device says. Kept on the device; «as the device» leaves nothing behind. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'interlink:theme';
const kept = () => {
  const value = localStorage.getItem(key);
  return themes.find((theme) => theme === value) ?? 'system';
};

class Wardrobe {
  #theme = $state<Theme>(kept());

  get theme(): Theme {
    return this.#theme;
  }

  wear(theme: Theme): void {
    this.#theme = theme;
    if (theme === 'system') {
      localStorage.removeItem(key);
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem(key, theme);
      document.documentElement.dataset.theme = theme;
    }
  }
}

export const wardrobe = new Wardrobe();

/** At start, before the first paint. */
export function wearTheme(): void {
  wardrobe.wear(wardrobe.theme);
}
