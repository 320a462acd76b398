/**
 * Order among siblings as strings that sort byte by byte, with room between any two: the form of `backend/processes/order.py`.
 *
 * A first letter says how many digits of an integer follow (a: one, b: two …), then comes a fraction of any length, both in base 62.
 * To move one thing between two others writes that thing alone, so two people who move different things do not meet.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LONGEST = 61;
/** Where a list begins: with room for a hundred thousand before it and as many behind. */
const MIDDLE = 'cV00';

/** A place between two others, `undefined` for an end of the list. Undefined when there is no room: then all are placed anew. */
export function between(before: string | undefined, after: string | undefined): string | undefined {
  if (before !== undefined && after !== undefined && before >= after) return undefined;
  const found = place(before, after);
  return found !== undefined && found.length <= LONGEST ? found : undefined;
}

/** The first `count` places of a list. */
export function places(count: number): string[] {
  const all: string[] = [];
  for (let next: string | undefined = MIDDLE; next && all.length < count; next = increment(next))
    all.push(next);
  return all;
}

function place(before: string | undefined, after: string | undefined): string | undefined {
  if (before === undefined) {
    if (after === undefined) return MIDDLE;
    const whole = integer(after);
    return whole < after ? whole : decrement(whole);
  }
  const [whole, rest] = [integer(before), before.slice(integer(before).length)];
  if (after !== undefined && integer(after) === whole)
    return suffixed(whole, middle(rest, after.slice(whole.length)));
  const next = increment(whole);
  if (next !== undefined && (after === undefined || next < after)) return next;
  return suffixed(whole, middle(rest, undefined));
}

const suffixed = (whole: string, rest: string | undefined) => (rest === undefined ? undefined : whole + rest);
const integer = (key: string) => key.slice(0, key.charCodeAt(0) - 95);
const value = (digit: string | undefined) => DIGITS.indexOf(digit ?? '0');

function increment(whole: string): string | undefined {
  const digits = [...whole.slice(1)];
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    const next = DIGITS[value(digits[at]) + 1];
    digits[at] = next ?? '0';
    if (next) return whole.charAt(0) + digits.join('');
  }
  return whole.startsWith('z') ? undefined : head(whole, 1) + '0'.repeat(digits.length + 1);
}

function decrement(whole: string): string | undefined {
  const digits = [...whole.slice(1)];
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    const next = DIGITS[value(digits[at]) - 1];
    digits[at] = next ?? 'z';
    if (next) return whole.charAt(0) + digits.join('');
  }
  return whole.startsWith('a') ? undefined : head(whole, -1) + 'z'.repeat(digits.length - 1);
}

const head = (whole: string, step: number) => String.fromCharCode(whole.charCodeAt(0) + step);

/** A fraction between two; `undefined` above stands for one. */
function middle(low: string, high: string | undefined): string | undefined {
  if (high !== undefined) {
    if (low >= high) return undefined;
    let same = 0;
    while (same < high.length && (low[same] ?? '0') === high[same]) same += 1;
    if (same === high.length) return undefined; // «1» and «10»: nothing lies between
    if (same > 0) return suffixed(high.slice(0, same), middle(low.slice(same), high.slice(same)));
  }
  const [from, to] = [value(low[0]), high === undefined ? DIGITS.length : value(high[0])];
  if (to - from > 1) return DIGITS[Math.round((from + to) / 2)];
  if (high !== undefined && high.length > 1) return high[0];
  return suffixed(DIGITS[from]!, middle(low.slice(1), undefined));
}
