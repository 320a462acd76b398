/** A comment that is being written: kept as a draft at every pause, so that closing the phone loses nothing. */
import { draftOf, saveDraft } from '$lib/actions/saveDraft';
import { shown, stored, type Named } from '$lib/model/mentions';

const pause = 500; // ms without typing until the draft is kept

/** What is talked about: a document of an item, or the item itself. In a thread, the comment that began it. */
export interface About {
  space: string;
  item: string;
  about: string;
}

export class Unfinished {
  /** As the person sees it: with names. */
  text = $state('');
  #kept = $state(false);
  #changed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;

  /** `people`: who can be spoken to; `nobody`: what somebody is called who has no name (any more). */
  constructor(
    readonly of: About,
    readonly people: () => readonly Named[],
    readonly nobody: string,
  ) {
    void this.#recall();
  }

  get something(): boolean {
    return this.text.trim() !== '';
  }
  /** The draft as it stands is kept on this device. */
  get kept(): boolean {
    return this.#kept && this.something;
  }
  /** As it is stored: with ids. */
  get stored(): string {
    return stored(this.text.trim(), this.people());
  }

  changed(): void {
    this.#changed = true;
    this.#kept = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), pause);
  }

  /** Keep it now: the screen is left, or the phone goes to sleep. */
  async keep(): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    clearTimeout(this.#timer);
    this.#saving = saveDraft({ ...this.of, text: stored(this.text, this.people()) });
    await this.#saving;
    this.#kept = true;
  }

  /** It is about to be sent: no draft is written behind it, which would come back as a ghost. */
  async ends(): Promise<void> {
    clearTimeout(this.#timer);
    this.#changed = false;
    await this.#saving;
  }

  async #recall(): Promise<void> {
    const draft = await draftOf(this.of.space, this.of.item, this.of.about);
    if (!draft || this.something) return;
    this.text = shown(draft.text, (member) => this.#nameOf(member));
    this.#kept = true;
  }
  #nameOf(member: string): string {
    return this.people().find((one) => one.member === member)?.name ?? this.nobody;
  }
}
