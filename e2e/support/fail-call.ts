import type { Page, Route } from 'playwright-core'

/** From now on one procedure fails for the page, also in a batch whose other calls succeed; until `mend`. */
export async function failCall(page: Page, name: string): Promise<{ mend: () => Promise<void> }> {
  const fail = async (route: Route): Promise<void> => {
    const names = namesOf(route.request().url())
    if (!names.includes(name)) return await route.fallback()
    if (names.length === 1) return await route.abort()
    const response = await route.fetch()
    const answers: unknown = await response.json()
    if (!Array.isArray(answers)) throw new Error('a batch is answered by a list')
    const json = answers.map((answer: unknown, at) => (names[at] === name ? failure : answer))
    await route.fulfill({ response, json })
  }
  await page.route('**/trpc/**', fail)
  return { mend: () => page.unroute('**/trpc/**', fail) }
}

const failure = { error: { message: 'failed', code: -32603, data: { code: 'INTERNAL_SERVER_ERROR' } } }

function namesOf(url: string): string[] {
  return new URL(url).pathname.replace('/trpc/', '').split(',')
}
