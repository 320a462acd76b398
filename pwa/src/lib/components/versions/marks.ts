/** What of a text is marked: the words that this version added, and those it took away from what was there before. */
import { diffLines, diffWordsWithSpace, type ChangeObject } from 'diff';

export interface Piece {
  text: string;
  form: 'same' | 'added' | 'removed';
}

const patience = 300; // ms of a phone's time; a text that takes longer is compared by its lines
/** Characters around a change that are shown; of a long text the rest is left out. */
const around = 60;

/** `before` is what the texts are compared with; the pieces of both, in the order of reading. */
export function marks(before: string, after: string): Piece[] {
  const changes =
    diffWordsWithSpace(before, after, { timeout: patience }) ??
    diffLines(before, after, { timeout: patience });
  if (!changes) return [{ text: after, form: 'same' }];
  return changes.map(({ value, added, removed }: ChangeObject<string>) => ({
    text: value,
    form: added ? 'added' : removed ? 'removed' : 'same',
  }));
}

/** The same with what did not change shortened, so that a change deep in a long page is seen at once. */
export function shortened(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, n) => {
    if (piece.form !== 'same' || piece.text.length <= 3 * around) return piece;
    const begin = n > 0 ? piece.text.slice(0, around) : '';
    const end = n < pieces.length - 1 || n === 0 ? piece.text.slice(-around) : '';
    return { form: 'same', text: `${begin} … ${end}` };
  });
}
