import { forgetForm, formDraft, keepForm, type Fields, type FormPlace } from '../actions/formDraft';

const pause = 600; // ms without typing before what stands there is kept

/** What stands in the fields of a form and is not saved yet: kept on this device at every pause, found again when it opens. */
export class Unsaved<F extends Fields> {
  #fields = $state.raw() as F;
  #touched = $state(false);
  #kept = $state(false);
  /** Not kept yet as it stands. */
  #changed = false;
  #ended = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(
    readonly place: FormPlace,
    begin: F,
    /** What its person would call it. */
    readonly title: () => string,
  ) {
    this.#fields = begin;
  }

  get fields(): F {
    return this.#fields;
  }
  /** Something was written, now or before. */
  get touched(): boolean {
    return this.#touched;
  }
  /** All of it is kept on this device. */
  get kept(): boolean {
    return this.#kept;
  }

  /** Take up what was left here; false when nothing was, or something is being written already. */
  async recall(): Promise<boolean> {
    const draft = await formDraft(this.place);
    if (!draft?.form || this.#touched || this.#ended) return false;
    this.#fields = { ...this.#fields, ...(draft.form as F) };
    this.#touched = this.#kept = true;
    return true;
  }

  change(fields: Partial<F>): void {
    this.#fields = { ...this.#fields, ...fields };
    this.#touched = this.#changed = true;
    this.#kept = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), pause);
  }

  /** Keep it now: the screen is left, or the phone goes to sleep. */
  async keep(): Promise<void> {
    if (this.#ended || !this.#changed) return;
    clearTimeout(this.#timer);
    this.#changed = false;
    const fields = this.#fields;
    this.#saving = this.#saving.then(() => keepForm(this.place, this.title(), fields));
    await this.#saving;
    this.#kept = !this.#changed;
  }

  /** It was saved or given up. A draft that is just being kept goes too. */
  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#saving.catch(() => undefined);
    await forgetForm(this.place);
  }

  /** Call it in an effect: keeps what stands there when the page is left or the phone goes to sleep. */
  watch(): () => void {
    const keep = () => void this.keep();
    document.addEventListener('visibilitychange', keep);
    return () => {
      document.removeEventListener('visibilitychange', keep);
      keep();
    };
  }
}
