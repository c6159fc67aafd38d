import type { Page } from 'playwright-core'

/** One length in one picture, and how large a seat was there: lengths are alike only where seats are. */
type Drawn = { px: number; seatPx: number }

/** What a map drew over its seats so far. */
export type DrawnMarks = {
  /** Of a lost seat: how far to the right of the one kept. */
  lostAt: Drawn[]
  /** Of the glow around seats that came back: its radius. */
  glowRadii: Drawn[]
}

/** How far lengths differ between pictures in which seats are of one size: what moved, and not the map under it. */
export function movedPx(drawn: readonly Drawn[]): number {
  const atOneSize = [...Map.groupBy(drawn, ({ seatPx }) => seatPx).values()]
  const spreads = atOneSize.map((own) => {
    const all = own.map(({ px }) => px)
    return Math.max(...all) - Math.min(...all)
  })
  return Math.round(Math.max(0, ...spreads))
}

/**
 * Writes down what the pages drawn from now on put on their canvases: the marks of a lost seat, which are in the colour of what is
 * bad, and those of one that came back, which fade. For one picked and one lost seat at a time.
 */
export async function watchMarks(page: Page): Promise<() => Promise<DrawnMarks>> {
  await page.addInitScript(() => {
    const drawn: DrawnMarks = { lostAt: [], glowRadii: [] }
    Object.assign(window, { drawnMarks: drawn })
    const { prototype } = CanvasRenderingContext2D
    // oxlint-disable-next-line typescript/unbound-method -- each is called on the canvas it was called on
    const { beginPath, arc, fill, stroke } = prototype
    let circle: { x: number; radius: number } | undefined
    let kept: { x: number; radius: number } | undefined
    const colours = new Map<string, string>()
    /** As a canvas writes it. */
    const colourOf = (name: string): string => {
      const known = colours.get(name)
      if (known !== undefined) return known
      const probe = document.createElement('i')
      probe.style.color = `var(${name})`
      document.body.append(probe)
      const pen = document.createElement('canvas').getContext('2d')
      if (pen === null) throw new Error('there is no canvas')
      pen.fillStyle = getComputedStyle(probe).color
      probe.remove()
      colours.set(name, String(pen.fillStyle))
      return String(pen.fillStyle)
    }
    prototype.beginPath = function () {
      circle = undefined
      beginPath.call(this)
    }
    prototype.arc = function (x, y, radius, ...angles) {
      circle = { x, radius }
      arc.call(this, x, y, radius, ...angles)
    }
    prototype.fill = function (...given: unknown[]) {
      if (circle !== undefined && this.fillStyle === colourOf('--ink')) kept = circle
      Reflect.apply(fill, this, given)
    }
    prototype.stroke = function (...given: unknown[]) {
      const seatPx = kept?.radius ?? 0
      const px = circle === undefined || kept === undefined ? 0 : circle.x - kept.x
      // not beside itself: a seat that is picked once more still bears the mark of its loss for a picture
      if (this.strokeStyle === colourOf('--bad') && Math.abs(px) > seatPx) drawn.lostAt.push({ px, seatPx })
      if (circle !== undefined && this.lineWidth === 2 && this.globalAlpha < 1)
        drawn.glowRadii.push({ px: circle.radius, seatPx })
      Reflect.apply(stroke, this, given)
    }
  })
  return () => page.evaluate(() => Reflect.get(window, 'drawnMarks') as DrawnMarks)
}
