import { Skeleton } from '../design/skeleton.tsx'
import { m } from '../paraglide/messages.js'

/** A page that is on its way, in the rough shape of all of them. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" className="page py-10">
      <h1 className="sr-only">{m.loading()}</h1>
      <Skeleton className="h-9 w-56" />
      <Skeleton className="mt-8 h-72 rounded-panel" />
      <Skeleton className="mt-6 h-24 rounded-panel" />
    </div>
  )
}
