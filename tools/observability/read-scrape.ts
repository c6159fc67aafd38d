/** The metrics of a scrape: for each name the values of each label. */
export type Scrape = Map<string, Map<string, Set<string>>>

const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? \S+$/
const label = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g

/** Reads Prometheus' text format as far as names and labels go; adds to what other processes told. */
export function readScrape(text: string, into: Scrape = new Map()): Scrape {
  for (const line of text.split('\n')) {
    const [, name = '', labels = ''] = sample.exec(line) ?? []
    if (name === '') continue
    const known = into.get(name) ?? new Map<string, Set<string>>()
    into.set(name, known)
    for (const [, key = '', value = ''] of labels.matchAll(label)) {
      known.set(key, (known.get(key) ?? new Set<string>()).add(value))
    }
  }
  return into
}
