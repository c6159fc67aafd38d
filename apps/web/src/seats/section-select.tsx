import type { SeatGeometry } from '@greenroom/contract'
import { useState } from 'react'
import { m } from '../paraglide/messages.js'

/** Brings one section into the picture. A hall of one section has nothing to choose. */
export function SectionSelect(props: {
  geometry: SeatGeometry | undefined
  onChoose: (ordinals: readonly number[]) => void
}) {
  const sections = props.geometry?.sections ?? []
  // kept while the keyboard is here, so that arrows go from one to the next; then any of them may be chosen again
  const [chosen, setChosen] = useState('')
  if (sections.length < 2) return null
  return (
    <select
      aria-label={m.go_to_section()}
      value={chosen}
      onBlur={() => setChosen('')}
      onChange={(event) => {
        setChosen(event.currentTarget.value)
        const section = sections[Number(event.currentTarget.value)]
        if (section === undefined) return
        props.onChoose(Array.from({ length: section.seatCount }, (_, index) => section.firstOrdinal + index))
      }}
      className="min-h-9 shrink-0 rounded-full border border-rule/80 bg-ground px-3 text-sm font-semibold"
    >
      <option value="" disabled>
        {m.section()}
      </option>
      {sections.map((section, index) => (
        <option key={section.firstOrdinal} value={index}>
          {section.name}
        </option>
      ))}
    </select>
  )
}
