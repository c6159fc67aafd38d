import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, pickPort } from '@greenroom/stack'
import lighthouse, { desktopConfig, type Result } from 'lighthouse'
import { chromium } from 'playwright-core'
import { categories, type Category, type PageScores } from './floors.ts'
import type { MeasuredPage } from './pages.ts'

/** Runs Lighthouse on one page, each time in a browser that was never there, and keeps the run of median performance. */
export async function measurePage(
  page: MeasuredPage,
  { form, runs }: { form: 'phone' | 'desktop'; runs: number },
): Promise<PageScores> {
  const results: Result[] = []
  for (let tries = 0; results.length < runs; tries++) {
    const result = await runOnce(page, form)
    if (result.runtimeError === undefined) results.push(result)
    // a busy machine loses a trace now and then; Lighthouse asks to be run again
    else if (tries > runs + triesMore) throw new Error(result.runtimeError.message)
  }
  const byPerformance = results.toSorted((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'))
  const median = byPerformance[Math.floor(runs / 2)]
  if (median === undefined) throw new Error('Lighthouse was not run')
  return summarize(page.name, form, median)
}

const triesMore = 3

async function runOnce(page: MeasuredPage, form: 'phone' | 'desktop'): Promise<Result> {
  const profile = await mkdtemp(join(tmpdir(), 'greenroom-lighthouse-'))
  const port = await pickPort()
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium on PATH: npm test installs it')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
  })
  try {
    if (page.token !== undefined)
      await context.addCookies([
        { name: 'greenroom_session', value: page.token, url: new URL(page.url).origin },
      ])
    const run = await lighthouse(
      page.url,
      { port, logLevel: 'error', output: 'json', onlyCategories: [...categories], disableStorageReset: true },
      form === 'desktop' ? desktopConfig : undefined,
    )
    if (run === undefined) throw new Error('Lighthouse gave no result')
    return run.lhr
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
}

function summarize(page: string, form: 'phone' | 'desktop', result: Result): PageScores {
  const numberOf = (audit: string): number => result.audits[audit]?.numericValue ?? Number.NaN
  return {
    page,
    form,
    scores: {
      performance: scoreOf(result, 'performance'),
      accessibility: scoreOf(result, 'accessibility'),
      'best-practices': scoreOf(result, 'best-practices'),
    },
    firstPaintMs: numberOf('first-contentful-paint'),
    largestPaintMs: numberOf('largest-contentful-paint'),
    blockingMs: numberOf('total-blocking-time'),
    layoutShift: numberOf('cumulative-layout-shift'),
    losses: Object.values(result.categories).flatMap(({ auditRefs }) =>
      auditRefs.flatMap(({ id, weight }) => {
        const audit = result.audits[id]
        if (weight === 0 || audit === undefined || audit.score === null || audit.score === 1) return []
        return [
          { audit: id, score: Math.round(audit.score * 100), shown: audit.displayValue ?? itemsOf(audit) },
        ]
      }),
    ),
  }
}

/** What an audit without a figure complains of. */
function itemsOf({ details }: Result['audits'][string]): string {
  return details !== undefined && 'items' in details ? JSON.stringify(details.items).slice(0, 600) : ''
}

function scoreOf(result: Result, category: Category): number {
  return Math.round((result.categories[category]?.score ?? 0) * 100)
}
