import type { Browser, CDPSession, Page } from 'playwright-core'
import type { BenchPage } from './bench-page.ts'
import type { Stadium } from './sell-stadium.ts'

const screen = { width: 1280, height: 800 }
const middle = { x: screen.width / 2, y: screen.height / 2 }
const actMs = 4_000
/** What a hand on a mouse sends: more often than there are frames. */
const moveMs = 8

export type FrameFinding = {
  plan: string
  act: string
  frames: number
  p50Ms: number
  p95Ms: number
  maxMs: number
  /** Processor time of all of Chromium for each frame: what a busy machine cannot falsify. */
  cpuMs: number
}

type Act = { name: string; perform: (page: Page) => Promise<void> }

/** In this order: the first is seen whole, the last from as near as seats have numbers. */
const acts: Act[] = [
  { name: 'idle, overview', perform: rest },
  { name: 'zoom in and out', perform: wheelBackAndForth },
  { name: 'pan over dots', perform: drag },
  { name: 'pan over numbers', perform: drag },
  { name: 'idle, numbers', perform: rest },
]
/** Turns of the wheel towards the seats before that act. */
const comeCloser: Record<string, number> = { 'pan over dots': 14, 'pan over numbers': 14 }

/** The gaps between animation frames while a hand moves the map and 200 seats a second change hands. */
export async function measureFrames(
  browser: Browser,
  { url, page: bench, stadium }: { url: string; page: BenchPage; stadium: Stadium },
): Promise<FrameFinding[]> {
  const context = await browser.newContext({ viewport: screen, baseURL: url })
  await bench.serveIn(context)
  const page = await context.newPage()
  const query = new URLSearchParams({ geometry: stadium.show.geometryUrl, changes: '200' })
  await page.goto(`/bench-map/?${query}`)
  await page.waitForFunction(() => performance.getEntriesByName('greenroom:seats-visible').length > 0)
  await page.waitForTimeout(1_500)
  const box = await page.getByRole('application').boundingBox()
  if (box?.width !== screen.width || box.height !== screen.height) {
    throw new Error(`the map is ${box?.width} by ${box?.height}, not the whole screen`)
  }
  const devtools = await browser.newBrowserCDPSession()
  const findings: FrameFinding[] = []
  for (const { name, perform } of acts) {
    await turnWheel(page, comeCloser[name] ?? 0, -60)
    await page.waitForTimeout(1_000)
    await takeFrames(page)
    const cpuBeforeMs = await readCpuMs(devtools)
    await perform(page)
    const gapsMs = await takeFrames(page)
    const cpuMs = ((await readCpuMs(devtools)) - cpuBeforeMs) / gapsMs.length
    findings.push({ plan: stadium.name, act: name, ...summarize(gapsMs), cpuMs })
  }
  await devtools.detach()
  await context.close()
  return findings
}

async function rest(page: Page): Promise<void> {
  await page.waitForTimeout(actMs)
}

async function wheelBackAndForth(page: Page): Promise<void> {
  await page.mouse.move(middle.x, middle.y * 1.1)
  const end = performance.now() + actMs
  for (let turn = 0; performance.now() < end; turn++) await turnWheel(page, 25, turn % 2 === 0 ? -60 : 60)
  await page.keyboard.press('0')
}

async function turnWheel(page: Page, times: number, deltaY: number): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    await page.mouse.wheel(0, deltaY)
    await page.waitForTimeout(2 * moveMs)
  }
}

/** In loops, at the speed of somebody who looks for something. */
async function drag(page: Page): Promise<void> {
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.down()
  const end = performance.now() + actMs
  for (let step = 0; performance.now() < end; step++) {
    await page.mouse.move(
      middle.x + (Math.sin(step / 9) * screen.width) / 3,
      middle.y + (Math.sin(step / 7) * screen.height) / 4,
    )
    await page.waitForTimeout(moveMs)
  }
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.up()
}

async function takeFrames(page: Page): Promise<number[]> {
  return await page.evaluate(() => {
    const { benchMap } = window as unknown as { benchMap: { frames: { take: () => number[] } } }
    return benchMap.frames.take()
  })
}

async function readCpuMs(devtools: CDPSession): Promise<number> {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  return processInfo.reduce((sum, { cpuTime }) => sum + 1_000 * cpuTime, 0)
}

function summarize(gapsMs: number[]): Pick<FrameFinding, 'frames' | 'p50Ms' | 'p95Ms' | 'maxMs'> {
  const sorted = gapsMs.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { frames: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) }
}
