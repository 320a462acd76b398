import type { Text } from './documents';

/** What a document is, without its content: enough to say who did what, to what, and when. */
export interface Head {
  _id: string;
  type: string;
  author: string;
  by: string;
  at: string;
  /** How often it was written: 1 is new. */
  turn: number;
  /** Two versions of it live side by side. */
  two?: boolean;
  name?: Text | string;
  about?: string;
  status?: string;
  state?: string;
  people?: string[];
  teams?: string[];
  due?: string | null;
  /** Of an assignment: how it begins. */
  text?: string;
}
