/** What only the server knows, asked while a screen is looked at: with every way in which it may not be had. */
import { Problem, Unreachable } from '../api/client';
import { m } from '../i18n/messages';
import { connection } from './connection.svelte';

/** offline: no answer · missing: it is not there, or not for me, which look the same · failed: something else, see `sentence`. */
export type NoAnswer = 'offline' | 'missing' | 'failed';

export interface Asked<T> {
  /** The last answer; stays while it is asked again. */
  readonly value: T | undefined;
  readonly without: NoAnswer | undefined;
  /** The server's own words, when it said any. */
  readonly sentence: string;
  /** Its word for why (invitation_used …); empty when it said none. */
  readonly code: string;
  again(): Promise<void>;
  /** The server has just told us what it is now. */
  is(value: T): void;
}

/** Ask, ask again when a rune read in `ask` changes and when the network returns. Null: there is nothing to ask yet. */
export function asked<T>(ask: () => Promise<T> | null): Asked<T> {
  let value = $state.raw<T>();
  let without = $state<NoAnswer>();
  let sentence = $state('');
  let code = $state('');
  let turn = 0;

  async function run(answer: Promise<T> | null): Promise<void> {
    const mine = ++turn;
    if (!answer) return;
    try {
      const said = await answer;
      if (mine !== turn) return;
      value = said;
      without = undefined;
    } catch (problem) {
      if (mine !== turn) return;
      without = problem instanceof Unreachable ? 'offline' : isMissing(problem) ? 'missing' : 'failed';
      sentence = problem instanceof Problem ? problem.detail : '';
      code = problem instanceof Problem ? problem.code : '';
    }
  }

  $effect(() => {
    void connection.online;
    void run(ask());
    return () => void ++turn;
  });

  return {
    get value() {
      return value;
    },
    get without() {
      return without;
    },
    get sentence() {
      return sentence;
    },
    get code() {
      return code;
    },
    again: () => run(ask()),
    is(now) {
      turn += 1;
      value = now;
      without = undefined;
    },
  };
}

const isMissing = (problem: unknown) =>
  problem instanceof Problem && [401, 403, 404].includes(problem.status);

/** An act that needs the network: one at a time, and a plain sentence when it did not happen. */
export class Act {
  busy = $state(false);
  wrong = $state('');
  /** The server's word for it (conflict, last_administrator …); empty when it could not be reached. */
  code = $state('');

  /** True when it was done. A second tap while the first is under way does nothing. */
  async does(what: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.forget();
    try {
      await what();
      return true;
    } catch (problem) {
      this.code = problem instanceof Problem ? problem.code : '';
      this.wrong =
        problem instanceof Unreachable
          ? m.needs_network_now()
          : (problem instanceof Problem && problem.detail) || m.did_not_happen();
      return false;
    } finally {
      this.busy = false;
    }
  }

  forget(): void {
    this.wrong = this.code = '';
  }
}
