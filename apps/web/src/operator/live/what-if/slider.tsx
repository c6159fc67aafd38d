import { useId } from 'react'

/** A number to drag, by keyboard too, with what it is now beside it. */
export function Slider(props: {
  label: string
  min: number
  max: number
  step: number
  value: number
  /** as it is read, seen and heard */
  told: string
  isOff?: boolean
  onChange: (value: number) => void
}) {
  const id = useId()
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="text-sm font-semibold">
          {props.label}
        </label>
        <span aria-hidden="true" className="font-semibold">
          {props.told}
        </span>
      </div>
      <input
        id={id}
        type="range"
        min={props.min}
        max={props.max}
        step={props.step}
        value={props.value}
        aria-valuetext={props.told}
        disabled={props.isOff}
        onChange={(event) => props.onChange(event.currentTarget.valueAsNumber)}
        className="mt-1 h-8 w-full accent-lamp disabled:opacity-45"
      />
    </div>
  )
}
