import { expect, test } from 'vitest';
import { progressOf, type Status } from './progress';
import vectors from './progress.vectors.json';

test('the phone says of every mixture of tasks what the server says', () => {
  expect(vectors.length).toBeGreaterThan(300);
  const statuses: Status[] = ['awaiting', 'in_progress', 'finished'];
  for (const { tasks, share, status } of vectors) {
    const all = tasks.flatMap((count, n) => Array.from({ length: count }, () => ({ status: statuses[n]! })));
    expect(progressOf(all), JSON.stringify(tasks)).toMatchObject({ share, status });
  }
});

test('a task that says nothing of its status awaits its turn', () => {
  expect(progressOf([{}])).toEqual({ finished: 0, total: 1, share: 0, status: 'awaiting' });
});
