import { randomOf } from './random-of.ts'

/** One take of a recording, line under line. */
export function PosterWave({ paintId, seed }: { paintId: string; seed: number }) {
  const random = randomOf(seed)
  const lines = Array.from({ length: 26 }, (_, line) => {
    const y = 96 + line * 14
    const points = Array.from({ length: 49 }, (_unused, index) => {
      const x = 40 + (index * 320) / 48
      const nearCentre = Math.exp(-(((x - 200) / 74) ** 2))
      return `${x.toFixed(1)} ${(y - nearCentre * random() * 58 - random() * 2).toFixed(1)}`
    })
    return `M${points.join(' L')}`
  })
  return (
    <>
      <defs>
        <linearGradient id={`${paintId}sky`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="var(--paint-deep)" />
          <stop offset="1" stopColor="var(--paint-night)" />
        </linearGradient>
      </defs>
      <rect width="400" height="500" fill={`url(#${paintId}sky)`} />
      {lines.map((d, line) => (
        <path
          key={d}
          d={d}
          fill="var(--paint-night)"
          stroke="var(--paint-hot)"
          strokeWidth="1.6"
          strokeLinejoin="round"
          opacity={0.45 + (line / 26) * 0.55}
        />
      ))}
    </>
  )
}
