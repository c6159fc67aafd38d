import { Maximize, Minus, Plus } from 'lucide-react'
import type { Camera } from './camera.ts'
import type { SeatMapLabels } from './seat-map-labels.ts'

/** Zoom by buttons, for those who cannot pinch or turn a wheel. */
export function SeatMapControls({ camera, labels }: { camera: Camera; labels: SeatMapLabels }) {
  const buttons = [
    { label: labels.zoomIn, Icon: Plus, press: () => camera.zoomBy(1.7) },
    { label: labels.zoomOut, Icon: Minus, press: () => camera.zoomBy(1 / 1.7) },
    { label: labels.overview, Icon: Maximize, press: () => camera.flyTo(camera.overview()) },
  ]
  return (
    <div className="absolute right-3 bottom-3 flex flex-col overflow-hidden rounded-control border border-rule bg-surface/92 shadow-panel">
      {buttons.map(({ label, Icon, press }) => (
        <button
          key={label}
          type="button"
          aria-label={label}
          title={label}
          onClick={press}
          className="grid size-11 place-items-center text-soft transition-colors not-first:border-t not-first:border-rule/70 hover:bg-raised hover:text-ink focus-visible:outline-offset-[-3px]"
        >
          <Icon aria-hidden="true" size={18} />
        </button>
      ))}
    </div>
  )
}
