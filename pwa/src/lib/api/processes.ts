import type { Text } from '../model/documents';
import { request } from './client';

export interface NewProcess {
  /** Slug of the schema whose tree is copied; null: it begins empty. */
  schema: string | null;
  language: string;
  name: string;
  aim: string;
  /** A ULID, the same each time this founding is tried: who heard no answer still has one process. */
  attempt: string;
}

export const createProcess = (process: NewProcess) =>
  request<{ id: string; space: string; title?: Text }>('POST', 'processes', process, process.language);
