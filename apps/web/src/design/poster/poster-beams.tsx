import { randomOf } from './random-of.ts'

/** A club: lamps on a truss, crossing beams in the haze, heads of the front rows. */
export function PosterBeams({ paintId, seed }: { paintId: string; seed: number }) {
  const random = randomOf(seed)
  const lamps = Array.from({ length: 8 }, (_, index) => {
    const x = 32 + index * 48
    return { x, footX: 400 - x + (random() - 0.5) * 150, spread: 26 + random() * 40, isHot: random() > 0.62 }
  })
  const heads = [0, 1].flatMap((row) =>
    Array.from({ length: 13 }, (_, index) => ({
      x: index * 34 - 8 + row * 17 + (random() - 0.5) * 9,
      y: 430 + row * 34 + (random() - 0.5) * 14,
      radius: 13 + row * 4 + random() * 3,
      row,
    })),
  )
  return (
    <>
      <defs>
        <linearGradient id={`${paintId}sky`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--paint-night)" />
          <stop offset=".62" stopColor="var(--paint-deep)" />
          <stop offset="1" stopColor="var(--paint-mid)" />
        </linearGradient>
        <linearGradient id={`${paintId}beam`} gradientUnits="userSpaceOnUse" x1="0" y1="56" x2="0" y2="440">
          <stop offset="0" stopColor="var(--accent)" stopOpacity=".85" />
          <stop offset=".55" stopColor="var(--accent)" stopOpacity=".22" />
          <stop offset="1" stopColor="var(--accent)" stopOpacity="0" />
        </linearGradient>
        <linearGradient id={`${paintId}hot`} gradientUnits="userSpaceOnUse" x1="0" y1="56" x2="0" y2="440">
          <stop offset="0" stopColor="var(--paint-hot)" stopOpacity=".95" />
          <stop offset="1" stopColor="var(--paint-hot)" stopOpacity="0" />
        </linearGradient>
      </defs>
      <rect width="400" height="500" fill={`url(#${paintId}sky)`} />
      <g style={{ mixBlendMode: 'screen' }}>
        {lamps.map((lamp) => (
          <path
            key={lamp.x}
            d={`M${lamp.x - 5} 56 L${lamp.footX - lamp.spread} 470 H${lamp.footX + lamp.spread} L${lamp.x + 5} 56Z`}
            fill={`url(#${paintId}${lamp.isHot ? 'hot' : 'beam'})`}
            opacity={lamp.isHot ? 0.6 : 0.8}
          />
        ))}
      </g>
      <path d="M0 40H400M0 52H400" stroke="oklch(0.1 0.01 180)" strokeWidth="3" />
      <path
        d={`M0 52 ${Array.from({ length: 20 }, (_, index) => `L${index * 22 + 11} 40 L${index * 22 + 22} 52`).join(' ')}`}
        stroke="oklch(0.1 0.01 180)"
        strokeWidth="2"
        fill="none"
      />
      {lamps.map((lamp) => (
        <circle key={lamp.x} cx={lamp.x} cy="57" r={lamp.isHot ? 7 : 5} fill="var(--paint-hot)" />
      ))}
      {heads.map((head) => (
        <g key={`${head.row} ${head.x}`} fill={`oklch(${0.13 - head.row * 0.04} 0.015 180)`}>
          <circle cx={head.x} cy={head.y} r={head.radius} />
          <rect
            x={head.x - head.radius * 1.7}
            y={head.y + head.radius + 2}
            width={head.radius * 3.4}
            height="90"
            rx={head.radius * 1.3}
          />
        </g>
      ))}
    </>
  )
}
