import type { BrowserContext, Page } from 'playwright-core'

/**
 * Tells what the page's content policy forbade it: by the event, which names the rule, and by the browser's own words, which
 * also tell what a worker or a document did that was gone before it could say so.
 */
export async function watchPolicy(
  { context, page }: { context: BrowserContext; page: Page },
  tell: (violation: string) => void,
): Promise<void> {
  await context.exposeBinding('tellPolicyViolation', (_source, violation: string) => tell(violation))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
      const report: unknown = Reflect.get(globalThis, 'tellPolicyViolation')
      if (typeof report === 'function') report(`${effectiveDirective} forbids ${blockedURI} in ${sourceFile}`)
    })
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy')) tell(message.text())
  })
}
