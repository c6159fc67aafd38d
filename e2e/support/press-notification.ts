import type { Page } from 'playwright-core'

type WorkerScope = {
  registration: ServiceWorkerRegistration
  clients: { openWindow: (url: string) => Promise<null> }
  dispatchEvent: (event: Event) => boolean
}

/** What the service worker opens for a press on a notification of that page, which is closed by now. */
export async function pressNotification(page: Page, tag: string): Promise<string> {
  const [worker] = page.context().serviceWorkers()
  if (worker === undefined) throw new Error('no service worker')
  return await worker.evaluate(async (of) => {
    const scope = globalThis as unknown as WorkerScope
    await scope.registration.showNotification('turn', { tag: of })
    const [notification] = await scope.registration.getNotifications({ tag: of })
    // a press that nobody made may open nothing: what it would open is noted
    const opened = new Promise<string>((resolve) => {
      scope.clients.openWindow = async (url) => {
        resolve(url)
        return null
      }
    })
    const PressEvent = Reflect.get(globalThis, 'NotificationEvent')
    scope.dispatchEvent(new PressEvent('notificationclick', { notification }))
    return await opened
  }, tag)
}
