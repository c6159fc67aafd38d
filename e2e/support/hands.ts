import type { Locator } from 'playwright-core'
import type { Visitor } from './browser.ts'
import { pinchOut } from './pinch.ts'
import { until } from './until.ts'

/** How somebody works a page: in one way, all the way. */
export type Hands = {
  press: (target: Locator) => Promise<void>
  write: (field: Locator, text: string) => Promise<void>
  /** brings the map closer by one step */
  comeCloser: () => Promise<void>
  /** picks one more seat that can be had */
  pickSeat: () => Promise<void>
  /** what the page says it was worked with, text fields apart */
  used: Set<string>
}

export async function handsOf(visitor: Visitor, way: 'mouse' | 'finger' | 'keys'): Promise<Hands> {
  const used = await watchInput(visitor)
  return { ...ways[way](visitor), used }
}

const ways = { mouse: byMouse, finger: byFinger, keys: byKeys }

function byMouse(visitor: Visitor): Omit<Hands, 'used'> {
  const { page } = visitor
  return {
    press: (target) => target.click(),
    write: async (field, text) => {
      await field.click()
      await page.keyboard.type(text)
    },
    comeCloser: () =>
      comeCloser(visitor, async (at) => {
        await page.mouse.move(at.x, at.y)
        await page.mouse.wheel(0, -240)
      }),
    // the cursor says where a press means something
    pickSeat: pickAround(visitor, async (at) => {
      await page.mouse.move(at.x, at.y)
      const cursor = await mapOf(visitor)
        .locator('canvas')
        .evaluate((canvas) => canvas.style.cursor)
      if (cursor === 'pointer') await page.mouse.click(at.x, at.y)
      return cursor === 'pointer'
    }),
  }
}

function byFinger(visitor: Visitor): Omit<Hands, 'used'> {
  const { page } = visitor
  return {
    press: (target) => target.tap(),
    write: async (field, text) => {
      await field.tap()
      await page.keyboard.type(text)
    },
    comeCloser: () => comeCloser(visitor, (at) => pinchOut(page, at)),
    pickSeat: pickAround(visitor, async (at) => {
      // a browser makes a click of a tap in its own time
      await page.evaluate(() => {
        const clicked = new Promise((resolve) => {
          addEventListener('click', resolve, { once: true })
          setTimeout(resolve, 1_000)
        })
        Reflect.set(globalThis, 'clicked', clicked)
      })
      await page.touchscreen.tap(at.x, at.y)
      await page.evaluate(() => Reflect.get(globalThis, 'clicked').then(() => undefined))
      return true
    }),
  }
}

/** Tab, Enter and arrows alone; wherever Tab stops it must be seen. */
function byKeys(visitor: Visitor): Omit<Hands, 'used'> {
  const { page, say } = visitor
  const press = async (target: Locator): Promise<void> => {
    await tabTo(visitor, target)
    await page.keyboard.press('Enter')
  }
  return {
    press,
    write: async (field, text) => {
      await tabTo(visitor, field)
      await page.keyboard.type(text)
    },
    comeCloser: () =>
      comeCloser(visitor, async () => {
        await tabTo(visitor, mapOf(visitor))
        await page.keyboard.press('+')
      }),
    pickSeat: async () => {
      const list = page.getByRole('region', { name: say('map_list') })
      if (!(await list.isVisible())) await press(page.getByRole('button', { name: say('view_list') }))
      const grid = list.getByRole('grid').first()
      await tabTo(visitor, grid)
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
    },
  }
}

const tabStops = 150

async function tabTo({ page }: Visitor, target: Locator): Promise<void> {
  await target.waitFor()
  for (let stops = 0; stops < tabStops; stops++) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return
    await page.keyboard.press('Tab')
    const unseen = await page.evaluate(whatIsUnseen)
    if (unseen !== null) throw new Error(`nothing shows that the keyboard is at ${unseen}`)
  }
  throw new Error(`${tabStops} times Tab do not lead to ${target.toString()}`)
}

/** The element with the focus, when neither an outline nor a shadow marks it or the frame around it. */
function whatIsUnseen(): string | null {
  const active = document.activeElement
  if (active === null || active === document.body) return null
  const isMarked = [active, active.parentElement].some((element) => {
    if (element === null) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
  })
  return isMarked ? null : active.outerHTML.slice(0, 200)
}

type Point = { x: number; y: number }

/** Zooms once, at the map's middle, and sees that the picture is another. */
async function comeCloser(visitor: Visitor, zoom: (middle: Point) => Promise<void>): Promise<void> {
  const map = mapOf(visitor)
  const before = await map.screenshot()
  const { x, y, width, height } = await boxOf(map)
  await zoom({ x: x + width / 2, y: y + height / 2 })
  await until('the map to come closer', async () =>
    (await map.screenshot()).equals(before) ? undefined : true,
  )
}

/**
 * Each call presses here and there, from the middle outwards and on from where the last one was, until one more seat is
 * picked; one given back by it is picked again. `press` answers whether there was anything to press.
 */
function pickAround(visitor: Visitor, press: (at: Point) => Promise<boolean>): () => Promise<void> {
  const { page } = visitor
  const told = page.getByText(visitor.say('picked_count')).first()
  const count = async (): Promise<number> => Number(/\d+/.exec(await told.innerText())?.[0])
  let turn = 0
  return async () => {
    const { x, y, width, height } = await boxOf(mapOf(visitor))
    const before = await count()
    while (turn < pressesAtMost) {
      // a sunflower's seeds: evenly spread, and never where the controls are in the corners
      const radius = Math.sqrt(turn / pressesAtMost) * 0.38 * Math.min(width, height)
      const angle = turn * 2.399963
      turn += 1
      const at = { x: x + width / 2 + radius * Math.cos(angle), y: y + height / 2 + radius * Math.sin(angle) }
      if (!(await press(at))) continue
      await page.evaluate(afterTwoFrames)
      const now = await count()
      if (now > before) return
      if (now < before) await press(at)
    }
    throw new Error('no seat of the map could be picked')
  }
}

const pressesAtMost = 60

/** What a press did is drawn by then. */
function afterTwoFrames(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
  })
}

function mapOf({ page, say }: Visitor): Locator {
  return page.getByRole('application', { name: say('map_name') })
}

async function boxOf(target: Locator) {
  const box = await target.boundingBox()
  if (box === null) throw new Error(`${target.toString()} is not to be seen`)
  return box
}

/** Collects what kinds of input reach the page, over all its documents. */
async function watchInput({ page }: Visitor): Promise<Set<string>> {
  const used = new Set<string>()
  await page.exposeFunction('noteInput', (kind: string) => used.add(kind))
  await page.addInitScript(() => {
    const note = (kind: string): void => Reflect.get(globalThis, 'noteInput')(kind)
    addEventListener('pointerdown', ({ pointerType }) => note(pointerType), true)
    addEventListener(
      'keydown',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement)) note('keys')
      },
      true,
    )
  })
  return used
}
