/** It looks like an e-mail address; whether it is one, only a mail can tell. */
export const isAddress = (text: string): boolean =>
  /^\S+@\S+$/.test(text.trim()) && text.trim().length <= 200;
