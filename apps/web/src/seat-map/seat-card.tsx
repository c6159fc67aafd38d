import { seatPlanOf } from './seat-plan.ts'
import { type SeatWords, tellSeatStory } from './seat-words.ts'
import type { Point } from './view.ts'

/** What a card is about, and where on the map. A brief one goes by itself: there is no pointer that could leave. */
export type Carded = { at: Point; isBrief: boolean } & ({ seat: number } | { section: number })

/** Beside the pointer: which seat this is, what it costs and whether it can be had; or what is left in a section. */
export function SeatCard({ carded, ...words }: SeatWords & { carded: Carded }) {
  const isHigh = carded.at.y < 150
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-10 w-max max-w-60 rounded-control border border-rule bg-surface/96 px-3.5 py-2.5 text-sm leading-snug shadow-lg"
      style={{
        left: `clamp(8rem, ${carded.at.x}px, calc(100% - 8rem))`,
        top: carded.at.y,
        translate: isHigh ? '-50% 1.4rem' : '-50% calc(-100% - 1.75rem)',
      }}
    >
      {'seat' in carded ? (
        <AboutSeat seat={carded.seat} {...words} />
      ) : (
        <AboutSection section={carded.section} {...words} />
      )}
    </div>
  )
}

function AboutSeat({ seat, ...words }: SeatWords & { seat: number }) {
  const story = tellSeatStory(words, seat)
  if (story === undefined) return null
  const isFree = story.look === 'available' || story.look === 'selected' || story.look === 'mine'
  return (
    <>
      <p className="font-semibold text-ink">{story.name}</p>
      <p className="mt-1 flex items-center gap-1.5 text-soft">
        <span className="size-2.5 shrink-0 rounded-full" style={{ background: story.color }} />
        {story.category}
        {story.price !== undefined && <span className="ml-2 font-semibold text-ink">{story.price}</span>}
      </p>
      <p className="mt-1 text-soft">{story.view}</p>
      {story.look !== 'available' && (
        <p className={`mt-1 ${isFree ? 'text-lamp-text' : 'text-faint'}`}>{story.state}</p>
      )}
    </>
  )
}

function AboutSection({ section, geometry, labels, prices, board }: SeatWords & { section: number }) {
  const left = board.stock.countSection(section)
  const { isStanding } = seatPlanOf(geometry)
  const categories = geometry.categories.flatMap(({ color }, code) => {
    const count = board.stock.count(section, code)
    const name = labels.category(geometry, code)
    return count === 0 ? [] : [{ code, name, color, count, priceMinor: prices.get(code) }]
  })
  return (
    <>
      <p className="flex justify-between gap-4 font-semibold text-ink">
        {geometry.sections[section]?.name}
        {board.isKnown() && (
          <span className={left === 0 ? 'text-faint' : 'text-lamp-text'}>
            {left === 0 ? labels.soldOut : labels.left(left)}
          </span>
        )}
      </p>
      {categories.map(({ code, name, color, count, priceMinor }) => (
        <p key={code} className="mt-1 flex items-center gap-1.5 text-soft">
          <span className="size-2.5 shrink-0 rounded-full" style={{ background: color }} />
          {name}
          {priceMinor !== undefined && <span>{labels.price(priceMinor)}</span>}
          <span className="ml-auto pl-3 text-faint">{labels.count(count)}</span>
        </p>
      ))}
      {isStanding(section) && left > 0 && <p className="mt-1 text-lamp-text">{labels.choosePlaces}</p>}
    </>
  )
}
