import type { CSSProperties, ReactNode } from 'react'
import { useId } from 'react'
import { classNames } from '../class-names.ts'
import { PosterBeams } from './poster-beams.tsx'
import { PosterBowl } from './poster-bowl.tsx'
import { PosterCurtain } from './poster-curtain.tsx'
import { PosterWave } from './poster-wave.tsx'

const scenes = [PosterBeams, PosterCurtain, PosterBowl, PosterWave]

/**
 * A concert's picture, drawn from its id and accent colour: the same concert has the same poster everywhere and none is
 * fetched. Always a night scene, whatever the theme; `children` are laid over it.
 */
export function Poster(props: {
  concertId: number
  accent: string
  className?: string
  children?: ReactNode
}) {
  const paintId = useId()
  const Scene = scenes[(props.concertId - 1) % scenes.length] ?? PosterBeams
  return (
    <div
      className={classNames('night relative isolate overflow-hidden bg-stage text-cream', props.className)}
      style={paints(props.accent)}
    >
      <svg
        viewBox="0 0 400 500"
        preserveAspectRatio="xMidYMid slice"
        aria-hidden="true"
        className="absolute inset-0 -z-10 size-full"
      >
        <Scene paintId={paintId} seed={props.concertId} />
      </svg>
      {props.children}
    </div>
  )
}

/** The accent as four paints: what is lit, what is half lit, what is nearly dark, and the air. */
function paints(accent: string): CSSProperties {
  const paint: Record<`--${string}`, string> = {
    '--accent': accent,
    '--paint-hot': 'color-mix(in oklch, var(--accent) 55%, oklch(0.98 0.03 95))',
    '--paint-mid': 'color-mix(in oklch, var(--accent) 62%, oklch(0.2 0.02 200))',
    '--paint-deep': 'color-mix(in oklch, var(--accent) 30%, oklch(0.14 0.02 190))',
    '--paint-night': 'color-mix(in oklch, var(--accent) 12%, oklch(0.12 0.015 180))',
  }
  return paint
}
