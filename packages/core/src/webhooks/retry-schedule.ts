/** The wait after the first failed attempt; it doubles with every other. */
export const firstWaitMs = 5_000

/** 14 waits of 5 s, 10 s, ... 11.4 h: an endpoint may be away for most of a day before anything is dead. */
export const maxAttempts = 15
