import { m } from '$lib/i18n/messages';
import type { Part } from '$lib/model/work';

/** Which part of the work it was. */
export const partWord = (part: Part) =>
  part === 'managing' ? m.work_managing() : part === 'making' ? m.work_making() : m.work_delivering();
