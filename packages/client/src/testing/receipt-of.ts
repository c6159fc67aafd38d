/** A receipt as the server gives it, as far as anybody else can read it. */
export function receiptOf(place: { e: number; s: number }, more: object = {}): string {
  return `head.${Buffer.from(JSON.stringify({ ...place, ...more })).toString('base64url')}.sign`
}
