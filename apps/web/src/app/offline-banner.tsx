import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { m } from '../paraglide/messages.js'

/** Says that the device has no network, for as long as it has none. */
export function OfflineBanner() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine)
  return (
    <output data-print="no" className="block">
      {!isOnline && (
        <div className="flex items-center justify-center gap-2 bg-bad px-4 py-2 text-sm font-semibold text-bad-ink">
          <WifiOff aria-hidden="true" className="size-4 shrink-0" />
          {m.offline()}
        </div>
      )}
    </output>
  )
}

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
