/** Search as one types: accents and case do not matter. */
const marks = /\p{M}+/gu;

/** «Pārvaldības» → «parvaldibas». */
export const fold = (text: string) => text.normalize('NFD').replace(marks, '').toLowerCase();

const mostTyped = 12;
/** What somebody types, word by word. */
export const typed = (words: string) => fold(words).split(/\s+/).filter(Boolean).slice(0, mostTyped);
