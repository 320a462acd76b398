/** What is asked stays while one looks at a hit and comes back. */
export const asking = $state({ words: '' });
