/** What this rests on for ever, and whoever guesses it forges passes: as long as `openssl rand -base64 32` makes it, and no word typed twice. */
const secretLength = 32
const secretVariety = 8
/** Limits that are raised further are those of machines that measure. */
const mostRateFactor = 10

/** What a demo may have, and a sale to real fans must not. Throws with the setting that is at fault. */
export function refuseDemo(settings: {
  SECRET: string
  PREVIOUS_SECRETS: readonly string[]
  WEBHOOKS_ALLOW_PRIVATE: 'true' | 'false'
  RATE_LIMIT_FACTOR: number
}): void {
  const { SECRET, PREVIOUS_SECRETS, WEBHOOKS_ALLOW_PRIVATE, RATE_LIMIT_FACTOR } = settings
  const fault = !isRandom(SECRET)
    ? `SECRET must be random, of ${secretLength} characters or more: openssl rand -base64 32`
    : !PREVIOUS_SECRETS.every(isRandom)
      ? 'PREVIOUS_SECRETS must be as random as SECRET: what they sign counts as much'
      : WEBHOOKS_ALLOW_PRIVATE === 'true'
        ? 'WEBHOOKS_ALLOW_PRIVATE must not be true: others reach this server'
        : RATE_LIMIT_FACTOR > mostRateFactor
          ? `RATE_LIMIT_FACTOR must be ${mostRateFactor} or less`
          : undefined
  if (fault !== undefined) throw new Error(`DEPLOYMENT is production, so ${fault}`)
}

const isRandom = (secret: string): boolean =>
  secret.length >= secretLength && new Set(secret).size >= secretVariety
