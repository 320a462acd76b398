/** The worker's entry; the store behind it arrives with the next commits. */
export {};
