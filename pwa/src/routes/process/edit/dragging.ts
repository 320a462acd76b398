/** Dragging a row by its handle, with a finger, a pen or a mouse: where it was let go, and beside which row of its kind. */
export interface Dropped {
  id: string;
  /** The row it was let go over, and whether over its lower half. */
  over: string;
  below: boolean;
}

const edge = 72; // px from the top and the bottom of the window where the page begins to move
const speed = 12; // px a move

/** An attachment for the list: rows carry `data-item` and `data-type`, handles `data-handle`. */
export function dragging(drop: (dropped: Dropped) => void) {
  return (list: HTMLElement) => {
    let row: HTMLElement | null = null;
    let target: { row: HTMLElement; below: boolean } | undefined;

    const mark = (next: typeof target) => {
      delete target?.row.dataset.over;
      target = next;
      if (next) next.row.dataset.over = next.below ? 'below' : 'above';
    };
    const end = () => {
      if (row) delete row.dataset.dragged;
      row = null;
      mark(undefined);
    };
    const down = (event: PointerEvent) => {
      const handle = (event.target as Element).closest<HTMLElement>('[data-handle]');
      if (!handle || event.button !== 0) return;
      row = handle.closest<HTMLElement>('[data-item]');
      if (row) row.dataset.dragged = '';
      list.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => {
      if (!row) return;
      if (event.clientY < edge) scrollBy(0, -speed);
      else if (event.clientY > innerHeight - edge) scrollBy(0, speed);
      const over = document
        .elementFromPoint(event.clientX, event.clientY)
        ?.closest<HTMLElement>('[data-item]');
      if (!over || over === row || over.dataset.type !== row.dataset.type) return mark(undefined);
      const { top, height } = over.getBoundingClientRect();
      mark({ row: over, below: event.clientY > top + height / 2 });
    };
    const up = () => {
      if (row && target) drop({ id: row.dataset.item!, over: target.row.dataset.item!, below: target.below });
      end();
    };
    list.addEventListener('pointerdown', down);
    list.addEventListener('pointermove', move);
    list.addEventListener('pointerup', up);
    list.addEventListener('pointercancel', end);
    return () => {
      list.removeEventListener('pointerdown', down);
      list.removeEventListener('pointermove', move);
      list.removeEventListener('pointerup', up);
      list.removeEventListener('pointercancel', end);
    };
  };
}
