/** Once the page is there and idle, so that the worker takes nothing from what the fan came for. */
export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return
  const register = (): void => {
    // refused in some private windows, and while developing, when there is none: then all is as without it
    navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  }
  const whenIdle = (): void => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(register, { timeout: 10_000 })
    else setTimeout(register, 2_000)
  }
  if (document.readyState === 'complete') whenIdle()
  else addEventListener('load', whenIdle, { once: true })
}
