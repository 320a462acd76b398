import { remembered } from '../data/remembered';
import { session } from './session.svelte';

const expected = remembered()?.account ?? null;

/** Who uses this device: from memory until the local data can be asked, so that no screen flickers through «signed out». */
export const person = {
  get account() {
    return session.ready ? session.account : expected;
  },
};
