/** The page's colours as a canvas understands them, by their part. */
export type ChartColours = Record<'ink' | 'soft' | 'rule' | 'lamp' | 'good' | 'bad', string> & {
  font: string
}

const sources = {
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  rule: 'color-mix(in oklch, var(--rule) 60%, var(--surface))',
  lamp: 'var(--lamp-text)',
  good: 'var(--good)',
  bad: 'var(--bad)',
} as const

/** Reads them as they apply to that element, by day or by night. */
export function readChartColours(host: HTMLElement): ChartColours {
  const probe = host.ownerDocument.createElement('span')
  host.append(probe)
  const resolve = (source: string): string => {
    probe.style.color = source
    return getComputedStyle(probe).color
  }
  const colours = {
    ink: resolve(sources.ink),
    soft: resolve(sources.soft),
    rule: resolve(sources.rule),
    lamp: resolve(sources.lamp),
    good: resolve(sources.good),
    bad: resolve(sources.bad),
    font: `12px ${getComputedStyle(host).fontFamily}`,
  }
  probe.remove()
  return colours
}
