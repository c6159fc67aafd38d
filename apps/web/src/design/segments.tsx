import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** One of a few, all in sight: pressed is what is chosen. `label` is what they are about, for those who do not see it. */
export function Segments<Value extends string>(props: {
  label: string
  options: readonly { value: Value; name: ReactNode; lang?: string }[]
  chosen: Value
  onChoose: (value: Value) => void
}) {
  return (
    <fieldset aria-label={props.label} className="flex min-w-0 shrink-0 rounded-control bg-raised p-1">
      {props.options.map(({ value, name, lang }) => (
        <button
          key={value}
          type="button"
          lang={lang}
          aria-pressed={value === props.chosen}
          onClick={() => props.onChoose(value)}
          className={classNames(
            'inline-flex min-h-9 flex-1 items-center justify-center gap-1.5 rounded-md px-3.5 text-sm font-medium whitespace-nowrap',
            value === props.chosen ? 'bg-surface text-ink shadow-sm' : 'text-soft hover:text-ink',
          )}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}
