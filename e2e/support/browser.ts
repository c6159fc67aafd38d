import type { Locale } from '@greenroom/contract'
import { findChromium } from '@greenroom/stack'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { readWords, type Words } from './page-words.ts'
import { watchPolicy } from './watch-policy.ts'

const devices = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} as const satisfies Record<string, BrowserContextOptions>

export type Device = keyof typeof devices

/**
 * A fan at a screen: a browser profile of their own, the words their pages speak, and what went wrong in the pages: errors, and
 * what their content policy forbade.
 */
export type Visitor = {
  page: Page
  say: Words
  device: Device
  failures: string[]
  leave: () => Promise<void>
}

/** One Chromium; pages in it that do not share a visitor share nothing. `flags`: what else it is started with. */
export async function openBrowser(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium on PATH: npm test installs it')
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...flags] })
}

export async function openVisitor(
  browser: Browser,
  options: {
    url: string
    locale: Locale
    device?: Device
    colorScheme?: 'light' | 'dark'
    motion?: 'reduce' | 'no-preference'
  },
): Promise<Visitor> {
  const device = options.device ?? 'desktop'
  const context = await browser.newContext({
    ...devices[device],
    baseURL: options.url,
    // a test's own certificate is known to nobody
    ignoreHTTPSErrors: options.url.startsWith('https:'),
    locale: options.locale === 'ko' ? 'ko-KR' : 'en-US',
    colorScheme: options.colorScheme ?? 'light',
    // nothing moves by itself, so that two pictures of one thing are alike
    reducedMotion: options.motion ?? 'reduce',
  })
  const page = await context.newPage()
  // what a busy machine needs, not what a fan should have to wait
  page.setDefaultTimeout(20_000)
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  await watchPolicy({ context, page }, (violation) => failures.push(violation))
  return {
    page,
    say: readWords(options.locale),
    device,
    failures,
    leave: () => context.close(),
  }
}
