import type { CSSProperties, ReactNode } from 'react'
import { useId } from 'react'
import { classNames } from '../class-names.ts'
import { PosterBeams } from './poster-beams.tsx'
import { PosterBowl } from './poster-bowl.tsx'
import { PosterCurtain } from './poster-curtain.tsx'
import { PosterWave } from './poster-wave.tsx'

/** Each scene with the edge that must stay in sight when a wide frame cuts it. */
const scenes = [
  { Scene: PosterBeams, keep: 'xMidYMin slice' },
  { Scene: PosterCurtain, keep: 'xMidYMax slice' },
  { Scene: PosterBowl, keep: 'xMidYMax slice' },
  { Scene: PosterWave, keep: 'xMidYMid slice' },
] as const

/**
 * A concert's picture, drawn from its id and accent colour: the same concert has the same poster everywhere and none is
 * fetched. Always a night scene, whatever the theme; `children` are laid over it.
 */
export function Poster(props: {
  concertId: number
  accent: string
  className?: string
  /** Behind words: on a wide window the picture keeps to the right and fades into the night on the left. */
  isBackdrop?: boolean
  children?: ReactNode
}) {
  const paintId = useId()
  const { Scene, keep } = scenes[(props.concertId - 1) % scenes.length] ?? scenes[0]
  return (
    <div
      className={classNames(
        'night relative isolate overflow-hidden bg-(--paint-night) text-cream',
        props.className,
      )}
      style={paints(props.accent)}
    >
      <svg
        viewBox="0 0 400 500"
        preserveAspectRatio={keep}
        aria-hidden="true"
        className={classNames(
          'absolute inset-y-0 right-0 -z-10 size-full',
          props.isBackdrop === true && 'lg:w-[62%] lg:mask-l-from-60%',
        )}
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
    '--accent': `oklch(from ${accent} l calc(c * 1.2) h)`,
    '--paint-hot': 'color-mix(in oklab, var(--accent) 58%, oklch(0.99 0.04 95))',
    '--paint-mid': 'color-mix(in oklab, var(--accent) 66%, oklch(0.16 0.02 170))',
    '--paint-deep': 'color-mix(in oklab, var(--accent) 36%, oklch(0.13 0.02 170))',
    '--paint-night': 'color-mix(in oklab, var(--accent) 13%, oklch(0.13 0.015 170))',
  }
  return paint
}
