import type { Page } from 'playwright-core'

/**
 * A device on which work takes its time: what a worker of the page says arrives when the test lets it, in every document that
 * the page loads from now on. Call what this answers with how many more messages may arrive in the document there is.
 */
export async function slowDownWorkers(page: Page): Promise<(messages: number) => Promise<void>> {
  await page.addInitScript(() => {
    const waiting: (() => void)[] = []
    let allowed = 0
    const deliver = (): void => {
      for (; allowed > 0 && waiting.length > 0; allowed--) waiting.shift()?.()
    }
    Reflect.set(globalThis, 'allowMessages', (count: number) => {
      allowed += count
      deliver()
    })
    globalThis.Worker = class extends Worker {
      override addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
        if (type !== 'message' || typeof listener !== 'function') {
          super.addEventListener(type, listener)
          return
        }
        super.addEventListener(type, (event) => {
          waiting.push(() => listener(event))
          deliver()
        })
      }
    }
  })
  return (messages) => page.evaluate((count) => Reflect.get(globalThis, 'allowMessages')(count), messages)
}
