/** What tests and measurements do, a few accounts do as often as a crowd would: calls a minute are limited for whoever says so. */
export const busyCallers = { RATE_LIMIT_FACTOR: '1000' }
