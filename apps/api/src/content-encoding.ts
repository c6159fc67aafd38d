export const encodings = ['br', 'gzip'] as const
/** What texts are compressed with, best first. Browsers take `br` over TLS and from this machine only. */
export type Encoding = (typeof encodings)[number]

/** The best of these encodings that an `Accept-Encoding` names and does not refuse (`;q=0`); `undefined`: send it as it is. */
export function pickEncoding(
  accepted: string | undefined,
  offered: readonly Encoding[] = encodings,
): Encoding | undefined {
  const wanted = new Set(
    (accepted ?? '')
      .toLowerCase()
      .split(',')
      .filter((each) => !/;\s*q=0(\.0*)?\s*$/.test(each))
      .map((each) => each.split(';', 1)[0]?.trim()),
  )
  return offered.find((each) => wanted.has(each))
}
