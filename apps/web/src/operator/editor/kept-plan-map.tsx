import type { EditorPlan } from '@greenroom/contract'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Notice } from '../../design/notice.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { useGeometry } from '../../seats/use-geometry.ts'
import { tellFailure } from '../../text/tell-failure.ts'

/** The map is heavy, and the fields around it do not wait for it. */
const PlanMap = lazy(async () => ({ default: (await import('./plan-map.tsx')).PlanMap }))

/** A plan that is kept, as fans would see it; fetched and drawn once somebody comes near it. */
export function KeptPlanMap({ plan }: { plan: EditorPlan }) {
  const place = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) setNear(true)
      },
      { rootMargin: '200px' },
    )
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  return (
    <div ref={place} className="h-80">
      {isNear ? <DrawnPlan plan={plan} /> : <Skeleton className="h-full rounded-panel" />}
    </div>
  )
}

function DrawnPlan({ plan }: { plan: EditorPlan }) {
  const { data, error } = useGeometry(plan.geometryUrl)
  const failure = tellFailure(error)
  if (failure !== undefined) return <Notice tone="bad">{failure}</Notice>
  const waiting = <Skeleton className="h-full rounded-panel" />
  if (data === undefined) return waiting
  return (
    <Suspense fallback={waiting}>
      <PlanMap key={plan.seatPlanId} geometry={data} categories={plan.categories} />
    </Suspense>
  )
}
