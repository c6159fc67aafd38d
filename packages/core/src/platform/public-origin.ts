import { z } from 'zod'

/** As browsers send it: one with a slash behind it, or in capitals, is nobody's, and every page would be refused. */
export const originSetting = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'an origin such as https://tickets.example, with nothing behind it',
  )

/**
 * Where browsers find the pages: this machine when nothing is said. In production that is refused, as is http: no page could call, or
 * its cookie would travel for all to read.
 */
export function readPublicOrigin(settings: {
  DEPLOYMENT: 'demo' | 'production'
  PUBLIC_ORIGIN?: string | undefined
  PORT: number
}): string {
  const { DEPLOYMENT, PUBLIC_ORIGIN, PORT } = settings
  if (DEPLOYMENT === 'production' && PUBLIC_ORIGIN?.startsWith('https:') !== true)
    throw new Error('DEPLOYMENT is production, so PUBLIC_ORIGIN must be the https origin of the pages')
  return PUBLIC_ORIGIN ?? `http://localhost:${PORT}`
}
