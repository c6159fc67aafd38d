import type { ReactNode } from 'react'
import { m } from '../paraglide/messages.js'

/** One thing by day and by night, side by side. */
export function BothLights({ children }: { children: ReactNode }) {
  return (
    <div className="mt-5 grid gap-4 lg:grid-cols-2">
      {(['day', 'night'] as const).map((light) => (
        <div
          key={light}
          className={`${light} rounded-panel border border-rule/60 bg-ground p-5 text-ink sm:p-6`}
        >
          <p className="eyebrow mb-4">{light === 'day' ? m.theme_day() : m.theme_night()}</p>
          {children}
        </div>
      ))}
    </div>
  )
}
