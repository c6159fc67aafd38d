/** A letter that stands for itself, before another such one: nothing that would be drawn into it. */
const plain = /^[A-Za-z가-힣](?=[\w가-힣 .-]|$)/

/**
 * The first letter as a reader sees it, also of a name that begins with a composed character. Those alone ask a segmenter,
 * whose tables take a browser 10 ms to load, a phone 40; a pattern that knows Unicode's properties takes as long.
 */
export function initialOf(name: string): string {
  const first = plain.exec(name)?.[0] ?? [...new Intl.Segmenter().segment(name)][0]?.segment
  return (first ?? '').toUpperCase()
}
