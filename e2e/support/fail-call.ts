import type { Page, Route } from 'playwright-core'

/**
 * From now on one procedure fails for the page, also in a batch whose other calls succeed; until `mend`. As if the server were
 * not there, or as one that forbids it, which nobody tries again.
 */
export async function failCall(
  page: Page,
  name: string,
  how: 'away' | 'forbidden' = 'away',
): Promise<{ mend: () => Promise<void> }> {
  const fail = async (route: Route): Promise<void> => {
    const url = new URL(route.request().url())
    const names = url.pathname.replace('/trpc/', '').split(',')
    if (!names.includes(name)) return await route.fallback()
    if (names.length > 1) {
      const response = await route.fetch()
      const answers: unknown = await response.json()
      if (!Array.isArray(answers)) throw new Error('a batch is answered by a list')
      const json = answers.map((answer: unknown, at) => (names[at] === name ? failures[how] : answer))
      return await route.fulfill({ response, json })
    }
    if (how === 'away') return await route.abort()
    const json = url.searchParams.has('batch') ? [failures[how]] : failures[how]
    await route.fulfill({ status: 403, json })
  }
  await page.route('**/trpc/**', fail)
  return { mend: () => page.unroute('**/trpc/**', fail) }
}

const failures = {
  away: { error: { message: 'failed', code: -32603, data: { code: 'INTERNAL_SERVER_ERROR' } } },
  forbidden: {
    error: {
      message: 'FORBIDDEN',
      code: -32003,
      data: { domain: { code: 'FORBIDDEN', message: 'You may not do this.', details: {} } },
    },
  },
}
