import { List, Map as MapIcon } from 'lucide-react'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'

/** The map alone, or the map with its list below: for keyboards, screen readers, and those who like lists. */
export function ViewSwitch({
  isListed,
  onChange,
}: {
  isListed: boolean
  onChange: (isListed: boolean) => void
}) {
  return (
    <fieldset aria-label={m.view()} className="flex min-w-0 shrink-0 rounded-control bg-raised p-1">
      {[false, true].map((each) => (
        <button
          key={String(each)}
          type="button"
          aria-pressed={each === isListed}
          onClick={() => onChange(each)}
          className={classNames(
            'inline-flex min-h-8 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap',
            each === isListed ? 'bg-surface text-ink shadow-sm' : 'text-soft hover:text-ink',
          )}
        >
          {each ? (
            <List aria-hidden="true" className="size-4" />
          ) : (
            <MapIcon aria-hidden="true" className="size-4" />
          )}
          <span className="max-sm:sr-only">{each ? m.view_list() : m.view_map()}</span>
        </button>
      ))}
    </fieldset>
  )
}
