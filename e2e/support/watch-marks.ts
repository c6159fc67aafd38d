import type { Page } from 'playwright-core'

/** What a map drew over its seats so far. */
export type DrawnMarks = {
  /** Of a lost seat: how far to the right of the one kept, in each picture. */
  lostAt: number[]
  /** Of the glow around seats that came back: its radius in each picture. */
  glowRadii: number[]
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
    let keptX: number | undefined
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
      if (circle !== undefined && this.fillStyle === colourOf('--ink')) keptX = circle.x
      Reflect.apply(fill, this, given)
    }
    prototype.stroke = function (...given: unknown[]) {
      if (circle !== undefined && keptX !== undefined && this.strokeStyle === colourOf('--bad'))
        drawn.lostAt.push(circle.x - keptX)
      if (circle !== undefined && this.lineWidth === 2 && this.globalAlpha < 1)
        drawn.glowRadii.push(circle.radius)
      Reflect.apply(stroke, this, given)
    }
  })
  return () => page.evaluate(() => Reflect.get(window, 'drawnMarks') as DrawnMarks)
}
