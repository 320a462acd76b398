/** Search as one types: accents and case do not matter. */
const marks = /\p{M}+/gu;

/** «Pārvaldības» → «parvaldibas». */
export const fold = (text: string) => text.normalize('NFD').replace(marks, '').toLowerCase();
