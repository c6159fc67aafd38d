import { useEffect, useRef, useState } from 'react'
import { m } from '../paraglide/messages.js'
import { contrastOf, type Rgb } from './contrast.ts'

/** Each colour with what it is read against. */
const colours = [
  { name: 'ground', on: undefined },
  { name: 'surface', on: undefined },
  { name: 'raised', on: undefined },
  { name: 'rule', on: undefined },
  { name: 'ink', on: 'ground' },
  { name: 'soft', on: 'ground' },
  { name: 'faint', on: 'ground' },
  { name: 'lamp', on: 'lamp-ink' },
  { name: 'lamp-text', on: 'ground' },
  { name: 'good', on: 'ground' },
  { name: 'bad', on: 'ground' },
] as const

/** Colours are named by their part. Beside those that are read: how well, measured as they are painted. */
export function Colours() {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-3">
      {colours.map(({ name, on }) => (
        <li key={name}>
          <Swatch name={name} on={on} />
        </li>
      ))}
    </ul>
  )
}

function Swatch({ name, on }: { name: string; on: string | undefined }) {
  const patch = useRef<HTMLSpanElement>(null)
  const [contrast, setContrast] = useState<number>()
  useEffect(() => {
    if (patch.current === null || on === undefined) return
    const { color, backgroundColor } = getComputedStyle(patch.current)
    setContrast(contrastOf(toRgb(color), toRgb(backgroundColor)))
  }, [on])
  return (
    <>
      <span
        ref={patch}
        aria-hidden="true"
        className="block h-14 rounded-control border border-rule/60"
        style={{ backgroundColor: `var(--${name})`, color: `var(--${on ?? name})` }}
      />
      <code className="mt-1.5 block text-sm font-semibold">{name}</code>
      {contrast !== undefined && (
        <span className="block text-sm text-faint">{m.design_contrast({ ratio: contrast.toFixed(1) })}</span>
      )}
    </>
  )
}

/** A colour in any notation, as the screen gets it. */
function toRgb(colour: string): Rgb {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')
  if (canvas === null) return [0, 0, 0]
  canvas.fillStyle = colour
  canvas.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data
  return [red, green, blue]
}
