// Put into every page before its own scripts (tests only): what seeing.py asks for.
globalThis.seeing = {
  /** Elements to press that are smaller than 24 × 24 px. Links in running text are left out (WCAG 2.5.8), and what only
   *  screen readers see has no size to touch; a box beside its label is as large as the label. */
  smallTargets() {
    const pressable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]';
    const shown = (e) => e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
    const running = (e) => e.matches('a') && getComputedStyle(e).display === 'inline' && e.closest('p, li, dd');
    const labelled = (e) => e.matches('[type=checkbox], [type=radio], [type=file]') && e.labels.length > 0;
    const box = (e) => (labelled(e) ? e.labels[0] : e).getBoundingClientRect();
    return [...document.querySelectorAll(pressable)]
      .filter((e) => shown(e) && !running(e))
      .map((e) => ({ e, r: box(e) }))
      .filter(({ r }) => r.width > 1 && r.height > 1 && (r.width < 24 || r.height < 24))
      .map(({ e, r }) => `${e.outerHTML.slice(0, 120)} ${Math.round(r.width)}×${Math.round(r.height)}`);
  },

  /** Empty when the page does not scroll sideways; else its width and the first elements that stick out.
   *  Measured against the layout: a phone's innerWidth grows with what sticks out. */
  sideways() {
    const wide = document.scrollingElement.scrollWidth;
    const screen = document.documentElement.clientWidth;
    if (wide <= screen) return [];
    const holds = (e) => e && e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || holds(e.parentElement));
    const out = [...document.body.querySelectorAll('*')]
      .filter((e) => e.getBoundingClientRect().right > screen + 1 && !holds(e.parentElement))
      .map((e) => e.outerHTML.slice(0, 120));
    return [`the page is ${wide} px wide on a screen of ${screen}`, ...out.slice(0, 5)];
  },

  /** The distances a reader may ask for (WCAG 1.4.12), set through the CSSOM, which the policy allows. */
  spaceText(wide) {
    const distances = { 'line-height': '1.5', 'letter-spacing': '0.12em', 'word-spacing': '0.16em' };
    for (const e of document.querySelectorAll('body, body *'))
      for (const [name, value] of Object.entries(distances))
        if (wide) e.style.setProperty(name, value, 'important');
        else e.style.removeProperty(name);
  },

  enlargeText(percent) {
    document.documentElement.style.fontSize = `${percent}%`;
  },

  /** What has the focus, whether its ring shows and whether something lies over it. */
  focus() {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const labels = [...(e.labels ?? [])];
    const words = e.getAttribute('aria-label') ?? (labels.map((label) => label.innerText).join(' ') || e.innerText);
    const { outlineStyle, outlineWidth } = getComputedStyle(e);
    const { x, y, width, height } = e.getBoundingClientRect();
    const inside = (value, end) => Math.min(Math.max(value, 0), end - 1);
    const top = document.elementFromPoint(inside(x + width / 2, innerWidth), inside(y + height / 2, innerHeight));
    const clear = top && [e, ...labels].some((part) => part.contains(top) || top.contains(part));
    return {
      words: (words ?? '').trim(),
      what: e.outerHTML.slice(0, 120),
      ring: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
      covered: !clear,
    };
  },

  /** Every word the screen says in its own language: texts and names, without what is marked as another language. */
  ownWords() {
    const root = document.documentElement;
    const own = (e) => e && (e.closest('[lang]') ?? root) === root && e.checkVisibility();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const words = [];
    while (texts.nextNode()) if (own(texts.currentNode.parentElement)) words.push(texts.currentNode.data);
    for (const e of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
      for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
        if (own(e) && e.hasAttribute(name)) words.push(e.getAttribute(name));
    return words.map((word) => word.trim()).filter(Boolean);
  },
};
