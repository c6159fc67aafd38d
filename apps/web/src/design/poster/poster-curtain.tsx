import { randomOf } from './random-of.ts'

/** A theatre: a curtain half drawn, one spot on the boards, a microphone that waits. */
export function PosterCurtain({ paintId, seed }: { paintId: string; seed: number }) {
  const random = randomOf(seed)
  const folds = Array.from({ length: 9 }, (_, index) => ({ x: index * 17, width: 17 + random() * 5 }))
  const side = folds.map((fold, index) => (
    <path
      key={fold.x}
      d={`M${fold.x} 0 H${fold.x + fold.width + 2} C${fold.x + fold.width} 190 ${fold.x * 0.74 + fold.width} 300 ${fold.x * 0.66 + fold.width} 430 L${fold.x * 0.66} 436 C${fold.x * 0.74} 300 ${fold.x} 190 ${fold.x} 0Z`}
      fill={`url(#${paintId}fold)`}
      opacity={1 - index * 0.028}
    />
  ))
  return (
    <>
      <defs>
        <linearGradient id={`${paintId}fold`} x1="0" x2="1" y1="0" y2="0">
          <stop offset="0" stopColor="var(--paint-night)" />
          <stop offset=".42" stopColor="var(--accent)" />
          <stop offset=".6" stopColor="var(--paint-mid)" />
          <stop offset="1" stopColor="var(--paint-night)" />
        </linearGradient>
        <linearGradient id={`${paintId}beam`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--paint-hot)" stopOpacity=".75" />
          <stop offset="1" stopColor="var(--paint-hot)" stopOpacity=".16" />
        </linearGradient>
        <radialGradient id={`${paintId}pool`}>
          <stop offset="0" stopColor="oklch(0.97 0.04 90)" stopOpacity=".95" />
          <stop offset=".6" stopColor="var(--paint-hot)" stopOpacity=".7" />
          <stop offset="1" stopColor="var(--accent)" stopOpacity="0" />
        </radialGradient>
        <linearGradient id={`${paintId}shade`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="oklch(0.1 0.02 180)" stopOpacity=".75" />
          <stop offset=".35" stopColor="oklch(0.1 0.02 180)" stopOpacity="0" />
        </linearGradient>
      </defs>
      <rect width="400" height="500" fill="var(--paint-night)" />
      <path d="M200 -40 L118 428 H282Z" fill={`url(#${paintId}beam)`} />
      <rect y="424" width="400" height="76" fill="oklch(0.16 0.02 60)" />
      {Array.from({ length: 9 }, (_, index) => (
        <path
          key={index}
          d={`M${index * 50} 424 L${(index - 4) * 108 + 200} 500`}
          stroke="oklch(0.1 0.02 60)"
          strokeWidth="1.5"
        />
      ))}
      <ellipse cx="200" cy="448" rx="118" ry="26" fill={`url(#${paintId}pool)`} />
      <g stroke="oklch(0.13 0.02 60)" fill="oklch(0.13 0.02 60)" strokeLinecap="round">
        <path d="M200 446V318" strokeWidth="3" />
        <path d="M184 450h32" strokeWidth="5" />
        <rect x="193.5" y="292" width="13" height="30" rx="6.5" stroke="none" />
      </g>
      <g>{side}</g>
      <g transform="translate(400 0) scale(-1 1)">{side}</g>
      <path
        d={`M0 0H400V46 ${Array.from({ length: 8 }, (_, index) => `Q${375 - index * 50} 96 ${350 - index * 50} 46`).join(' ')}Z`}
        fill="var(--paint-mid)"
      />
      <path
        d={`M400 46 ${Array.from({ length: 8 }, (_, index) => `Q${375 - index * 50} 96 ${350 - index * 50} 46`).join(' ')}`}
        fill="none"
        stroke="var(--paint-hot)"
        strokeOpacity=".55"
        strokeWidth="3"
      />
      <rect width="400" height="500" fill={`url(#${paintId}shade)`} />
    </>
  )
}
