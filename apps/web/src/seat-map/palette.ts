/** The page's colours as a canvas understands them. */
export type Palette = {
  ground: string
  section: string
  sectionEdge: string
  ink: string
  soft: string
  faint: string
  held: string
  sold: string
  lamp: string
  lampInk: string
  bad: string
  fontFamily: string
}

const sources: Record<Exclude<keyof Palette, 'fontFamily'>, string> = {
  ground: 'var(--surface)',
  section: 'color-mix(in oklch, var(--raised) 72%, var(--surface))',
  sectionEdge: 'var(--rule)',
  ink: 'var(--ink)',
  soft: 'var(--soft)',
  faint: 'var(--faint)',
  held: 'color-mix(in oklch, var(--faint) 78%, var(--surface))',
  sold: 'color-mix(in oklch, var(--faint) 52%, var(--surface))',
  lamp: 'var(--lamp)',
  lampInk: 'var(--lamp-ink)',
  bad: 'var(--bad)',
}

/** Reads the design's variables as they apply to that element: also inside a part of the page that is always night. */
export function readPalette(host: HTMLElement): Palette {
  const probe = host.ownerDocument.createElement('span')
  host.append(probe)
  const resolve = (source: string): string => {
    probe.style.color = source
    return getComputedStyle(probe).color
  }
  const palette: Palette = {
    ground: resolve(sources.ground),
    section: resolve(sources.section),
    sectionEdge: resolve(sources.sectionEdge),
    ink: resolve(sources.ink),
    soft: resolve(sources.soft),
    faint: resolve(sources.faint),
    held: resolve(sources.held),
    sold: resolve(sources.sold),
    lamp: resolve(sources.lamp),
    lampInk: resolve(sources.lampInk),
    bad: resolve(sources.bad),
    fontFamily: getComputedStyle(host).fontFamily,
  }
  probe.remove()
  return palette
}

/** Calls back when the theme may have changed, until the returned function is called. */
export function watchTheme(onChange: () => void): () => void {
  const preference = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  preference.addEventListener('change', onChange)
  return () => {
    observer.disconnect()
    preference.removeEventListener('change', onChange)
  }
}
