import { Users } from 'lucide-react'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'

/** How many come: chosen first, it makes one press pick as many side by side. Pressed again, seats are picked one by one. */
export function PartySize(props: {
  most: number
  party: number | null
  onParty: (party: number | null) => void
}) {
  const { most, party } = props
  return (
    <fieldset
      aria-label={m.how_many()}
      className="flex shrink-0 items-center rounded-full border border-rule/80 bg-ground pl-3"
    >
      <Users aria-hidden="true" className="mr-1 size-4 text-soft" />
      {Array.from({ length: most }, (_, index) => index + 1).map((count) => (
        <button
          key={count}
          type="button"
          aria-pressed={count === party}
          onClick={() => props.onParty(count === party ? null : count)}
          className={classNames(
            'min-h-9 min-w-9 rounded-full text-sm font-semibold',
            count === party ? 'bg-lamp text-lamp-ink' : 'text-soft hover:bg-raised hover:text-ink',
          )}
        >
          {count}
        </button>
      ))}
    </fieldset>
  )
}
