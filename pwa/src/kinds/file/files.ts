import type { FileRef } from '$lib/model/documents';
import { most } from './pick';

const mostEarlier = 100;

/** The same bytes are one file. */
export const withNew = (files: readonly FileRef[], more: readonly FileRef[]): FileRef[] =>
  [...files, ...more.filter(({ sha256 }) => !files.some((had) => had.sha256 === sha256))].slice(0, most);

/** What the picture shows, in words. */
export const described = (files: readonly FileRef[], sha256: string, alt: string): FileRef[] =>
  files.map((file) => (file.sha256 === sha256 ? { ...file, alt } : file));

/** A newer file in the place of another, which stays reachable behind it. Words that were said of it are kept. */
export function replaced(
  now: { files?: FileRef[]; earlier?: FileRef[] },
  sha256: string,
  by: FileRef,
): { files: FileRef[]; earlier: FileRef[] } {
  const { files = [], earlier = [] } = now;
  const old = files.find((file) => file.sha256 === sha256);
  if (!old || by.sha256 === sha256 || files.some((file) => file.sha256 === by.sha256))
    return { files, earlier };
  const newer = { ...by, ...(old.alt && !by.alt ? { alt: old.alt } : {}) };
  return {
    files: files.map((file) => (file === old ? newer : file)),
    earlier: [...earlier.filter((file) => file.sha256 !== sha256), old].slice(-mostEarlier),
  };
}
