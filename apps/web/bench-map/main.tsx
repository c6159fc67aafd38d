import './bench-map.css'
import { decodeSeatGeometry } from '@greenroom/contract/plain'
import { createRoot } from 'react-dom/client'
import { SeatMap } from '../src/seat-map/index.ts'
import { seatMapLabels } from '../src/seats/seat-map-labels.ts'
import { startCrowd } from './crowd.ts'
import { watchFrames } from './frames.ts'

/**
 * The seat map alone, over the geometry named by `?geometry=`, with a crowd of `?changes=` seat changes a second. What the
 * bench asks of it hangs on `window.benchMap`.
 */
const asked = new URLSearchParams(location.search)
const answer = await fetch(asked.get('geometry') ?? '')
const geometry = decodeSeatGeometry(new Uint8Array(await answer.arrayBuffer()))
const crowd = startCrowd(geometry, Number(asked.get('changes') ?? 200))
const labels = seatMapLabels('en', 'KRW')
const categories = geometry.categories.map((category, code) => ({
  code,
  ...category,
  priceMinor: 165_000 - 11_000 * code,
}))
const none = new Set<never>()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <SeatMap
    className="h-dvh"
    geometry={geometry}
    feed={crowd.feed}
    firstSeatId={crowd.firstSeatId}
    categories={categories}
    selection={none}
    mine={none}
    shaking={none}
    offered={none}
    pickFrom={(seat) => [seat]}
    onChooseCrowd={() => undefined}
    categoryFilter={null}
    onToggle={() => undefined}
    labels={labels}
  />,
)

Object.assign(window, { benchMap: { seatCount: geometry.seatCount, frames: watchFrames() } })
