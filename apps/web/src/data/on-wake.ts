/** Calls back when the page is seen again or the network is back; the returned function ends that. */
export function onWake(listener: () => void): () => void {
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') listener()
  }
  document.addEventListener('visibilitychange', onVisible)
  addEventListener('online', listener)
  return () => {
    document.removeEventListener('visibilitychange', onVisible)
    removeEventListener('online', listener)
  }
}
