import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { type Device } from './support/browser.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'

const { sale, browser } = await openSaleInBrowser()

type Look = { device: Device; colorScheme: 'light' | 'dark' }
const looks: Look[] = [
  { device: 'desktop', colorScheme: 'light' },
  { device: 'phone', colorScheme: 'dark' },
]

test.for(looks)(
  'the docs page tries an operation, with nothing from elsewhere: $device, $colorScheme',
  async ({ device, colorScheme }) => {
    const { page, seen } = await openDocs({ device, colorScheme })
    await page.getByRole('button', { name: /Test Request.*get \/v1\/concerts\)/ }).click()
    await page.getByRole('button', { name: /Send get request/ }).click()
    await page.getByText('200 OK').first().waitFor()
    expect(seen.requests).toContain(`${sale.url}/v1/concerts`)
    expect(seen.faults).toEqual([])
    expect(seen.requests.filter((url) => !isOurs(url))).toEqual([])
    expect(
      await page
        .getByRole('link', { name: /scalar/i })
        .filter({ visible: true })
        .count(),
    ).toBe(0)
  },
)

test('the docs page shows every operation', async () => {
  const { page } = await visit(browser, { url: sale.url, locale: 'en' })
  // as tall as four screens, so that a fifth of the steps goes through all of it
  await page.setViewportSize({ width: 1_280, height: 3_600 })
  await page.goto('/docs')
  const summaries = await readSummaries()
  const titles = await scrollThrough(page, summaries)
  expect(summaries.filter((summary) => !titles.has(summary))).toEqual([])
})

test('a picture from elsewhere would be refused by the page and noticed here', async () => {
  const { page, seen } = await openDocs({ device: 'desktop', colorScheme: 'light' })
  await page.evaluate(async () => {
    const picture = new Image()
    const failed = new Promise((resolve) => picture.addEventListener('error', resolve))
    picture.src = 'https://elsewhere.example/picture.png'
    await failed
  })
  expect(seen.faults.join('\n')).toContain('Content Security Policy')
})

test('the script of the docs page comes compressed to who takes it so, and may be kept', async () => {
  const page = await (await fetch(`${sale.url}/docs`)).text()
  const path = /\/docs\/[0-9a-f]{16}\.js/.exec(page)?.[0]
  const ask = (encoding: string): Promise<Response> =>
    fetch(`${sale.url}${path}`, { headers: { 'accept-encoding': encoding } })
  const plain = await (await ask('identity')).text()
  for (const encoding of ['br', 'gzip']) {
    const reply = await ask(encoding)
    expect(reply.headers.get('content-encoding')).toBe(encoding)
    expect(Number(reply.headers.get('content-length'))).toBeLessThan(plain.length / 3)
    expect(reply.headers.get('cache-control')).toContain('immutable')
    expect(await reply.text()).toBe(plain)
  }
})

/** Everything the page asked for, and whatever it or the browser complained of. */
type Seen = { requests: string[]; faults: string[] }

async function openDocs(look: Look): Promise<{ page: Page; seen: Seen }> {
  const { page } = await visit(browser, { url: sale.url, locale: 'en', ...look })
  const seen: Seen = { requests: [], faults: [] }
  page.on('request', (request) => seen.requests.push(request.url()))
  page.on('pageerror', (error) => seen.faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') seen.faults.push(message.text())
  })
  await page.goto('/docs#tag/concerts/GET/v1/concerts')
  await page.getByRole('heading', { name: 'Every concert that has a show' }).waitFor()
  return { page, seen }
}

async function readSummaries(): Promise<string[]> {
  const document = (await (await fetch(`${sale.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { summary: string }>>
  }
  return Object.values(document.paths).flatMap((item) => Object.values(item).map(({ summary }) => summary))
}

/** Down the page, half a screen at a time, since each part is drawn when it comes into sight: the titles met on the way. */
async function scrollThrough(page: Page, wanted: string[]): Promise<Set<string>> {
  await page.getByRole('heading', { level: 3 }).first().waitFor()
  const met = await page.evaluate(async (titles) => {
    const found = new Set<string>()
    const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))
    // a step may jump over what is not drawn yet, so a second and third time may find more
    for (let step = 0; step < 1_000 && titles.some((title) => !found.has(title)); step += 1) {
      for (const heading of document.querySelectorAll('h3')) found.add(heading.textContent.trim())
      const isEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2
      if (isEnd) scrollTo({ top: 0, behavior: 'instant' })
      else scrollBy({ top: innerHeight / 2, behavior: 'instant' })
      for (let frame = 0; frame < 3; frame += 1) await nextFrame()
    }
    return [...found]
  }, wanted)
  return new Set(met)
}

function isOurs(url: string): boolean {
  return new URL(url).origin === sale.url || /^(data|blob):/.test(url)
}
