/** What is being written at one item: kept as a draft at every pause, so that closing the phone loses nothing. */
import { contribute } from '$lib/actions/contribute';
import { attachPhoto } from '$lib/actions/attachPhoto';
import { draftOf, saveDraft } from '$lib/actions/saveDraft';
import type { FileRef } from '$lib/model/documents';

const pause = 500; // ms without typing until the draft is kept
const mostPhotos = 10;

export class Begun {
  text = $state('');
  files = $state.raw<FileRef[]>([]);
  /** Language of the text; none: that of the screens. */
  lang = $state<string>();
  #kept = $state(false);
  /** Since it was kept. A screen that closes before it found the draft must not keep nothing in its place. */
  #changed = false;
  #sending = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;

  constructor(
    readonly space: string,
    readonly item: string,
  ) {
    void this.#recall();
  }

  get something(): boolean {
    return this.text.trim() !== '' || this.files.length > 0;
  }
  /** The draft as it stands is kept on this device. */
  get kept(): boolean {
    return this.#kept;
  }

  /** Something changed; keep it when the typing pauses. */
  changed(): void {
    this.#changed = true;
    this.#kept = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), pause);
  }

  /** Keep it now: the screen is left, or the phone goes to sleep. */
  async keep(): Promise<void> {
    if (this.#sending || !this.#changed) return;
    this.#changed = false;
    this.#still();
    this.#saving = saveDraft({ space: this.space, item: this.item, text: this.text, files: this.files });
    await this.#saving;
    this.#kept = this.something;
  }

  /** Throws when the browser cannot read one of the pictures; the others are taken. */
  async add(photos: readonly File[]): Promise<void> {
    const room = mostPhotos - this.files.length;
    const taken = await Promise.allSettled(
      photos.slice(0, room).map((photo) => attachPhoto(this.space, this.item, photo, photo.name)),
    );
    const read = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    this.files = [
      ...this.files,
      ...read.filter((file) => !this.files.some((had) => had.sha256 === file.sha256)),
    ];
    this.#changed = true;
    this.#kept = false;
    await this.keep();
    if (read.length < taken.length) throw new TypeError('a picture that cannot be read');
  }

  /** Saves here, to be sent; what was being written is empty then. False: there was nothing, or it is under way. */
  async send(): Promise<boolean> {
    if (!this.something || this.#sending) return false;
    this.#sending = true;
    this.#still();
    try {
      await this.#saving; // a draft written after the contribution would come back as a ghost
      const { space, item, files, lang } = this;
      await contribute({ space, item, text: this.text.trim(), files, lang });
      this.text = '';
      this.files = [];
      this.#kept = false;
      return true;
    } finally {
      this.#sending = false;
    }
  }

  async #recall(): Promise<void> {
    const draft = await draftOf(this.space, this.item);
    if (!draft || this.something) return;
    this.text = draft.text;
    this.files = draft.files ?? [];
    this.#kept = true;
  }
  #still(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
