import { describe, expect, it } from 'vitest';
import { distinct, mentioned, partsOf, shown, stored, typing } from './mentions';

const ILZE = '01ARZ3NDEKTSV4RRFFQ69G5FAA';
const ANNA = '01ARZ3NDEKTSV4RRFFQ69G5FAB';
const people = [
  { member: ILZE, name: 'Ilze' },
  { member: ANNA, name: 'Ilze Anna' },
];
const nameOf = (member: string) => people.find((one) => one.member === member)?.name ?? 'Somebody';

describe('a text in which people are spoken to', () => {
  it('is stored with their ids and shown with their names', () => {
    const text = '@Ilze and @Ilze Anna, see (@Ilze).';
    const kept = stored(text, people);
    expect(kept).toBe(`@${ILZE} and @${ANNA}, see (@${ILZE}).`);
    expect(shown(kept, nameOf)).toBe(text);
    expect(mentioned(kept)).toEqual([ILZE, ANNA]);
  });

  it('leaves alone what only looks like a name, or names nobody here', () => {
    for (const text of ['@Ilzes', 'ilze@example.org', '@Jānis', '@', '@@', 'a @ b', '@\n'])
      expect(stored(text, people)).toBe(text);
    expect(mentioned(`@${ILZE}X`)).toEqual([]);
  });

  it('calls who was erased by no name', () => {
    expect(shown('@01ARZ3NDEKTSV4RRFFQ69G5FAZ, thank you', nameOf)).toBe('@Somebody, thank you');
  });

  it('is taken apart into words, people and addresses', () => {
    expect(partsOf(`@${ILZE}: see https://example.org/a?b=1. Or javascript:alert(1)`)).toEqual([
      { kind: 'member', member: ILZE },
      { kind: 'words', text: ': see ' },
      { kind: 'link', href: 'https://example.org/a?b=1' },
      { kind: 'words', text: '. Or javascript:alert(1)' },
    ]);
    expect(partsOf('')).toEqual([]);
  });

  it('speaks to no more people than the server takes', () => {
    const crowd = Array.from(
      { length: 30 },
      (_, n) => `@01ARZ3NDEKTSV4RRFFQ69G5F${String(n).padStart(2, '0')}`,
    );
    expect(mentioned(crowd.join(' '))).toHaveLength(20);
  });
});

describe('a name that is being typed', () => {
  it('is what stands behind the last @', () => {
    expect(typing('Hi @Il', 6)).toEqual({ from: 3, word: 'Il' });
    expect(typing('@', 1)).toEqual({ from: 0, word: '' });
    expect(typing('(@Jānis B', 9)).toEqual({ from: 1, word: 'Jānis B' });
  });

  it('is none inside an address, in a word, or on another line', () => {
    for (const text of ['ilze@exa', 'no name', '@Ilze\nand'])
      expect(typing(text, text.length)).toBeUndefined();
  });
});

it('tells two people of one name apart, everywhere alike', () => {
  const two = [
    { member: 'b', name: 'Ilze' },
    { member: 'a', name: 'Ilze' },
    { member: 'c', name: 'Anna' },
  ];
  const told = [
    { member: 'c', name: 'Anna' },
    { member: 'a', name: 'Ilze' },
    { member: 'b', name: 'Ilze (2)' },
  ];
  expect(distinct(two)).toEqual(told);
  expect(distinct([...two].reverse())).toEqual(told);
});
