import { useId } from 'react'

/** Drawn by us: a browser's own track turns black beside a light accent. */
const sliderLook = [
  'mt-1 h-8 w-full cursor-pointer appearance-none bg-transparent disabled:opacity-45',
  '[&::-webkit-slider-runnable-track]:h-1.5 [&::-webkit-slider-runnable-track]:rounded-full [&::-webkit-slider-runnable-track]:bg-rule',
  '[&::-moz-range-track]:h-1.5 [&::-moz-range-track]:rounded-full [&::-moz-range-track]:bg-rule',
  '[&::-webkit-slider-thumb]:-mt-[0.4375rem] [&::-webkit-slider-thumb]:size-5 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:border-2 [&::-webkit-slider-thumb]:border-surface [&::-webkit-slider-thumb]:bg-lamp-text',
  '[&::-moz-range-thumb]:size-4 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-2 [&::-moz-range-thumb]:border-surface [&::-moz-range-thumb]:bg-lamp-text',
].join(' ')

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
        className={sliderLook}
      />
    </div>
  )
}
