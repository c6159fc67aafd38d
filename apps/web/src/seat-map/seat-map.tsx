import type { Category, SeatGeometry, SeatId } from '@greenroom/contract'
import { seatAt } from '@greenroom/contract/plain'
import { useEffect, useEffectEvent, useId, useMemo, useRef, useState } from 'react'
import { startFrameLoop } from './frame-loop.ts'
import { Minimap } from './minimap.tsx'
import { readPalette, watchTheme } from './palette.ts'
import { type Carded, SeatCard } from './seat-card.tsx'
import type { SeatFeed } from './seat-feed.ts'
import { canToggle, lookOf, ordinalsOf, type SeatMarks } from './seat-look.ts'
import { SeatMapControls } from './seat-map-controls.tsx'
import type { SeatMapLabels } from './seat-map-labels.ts'
import { createSeatMapRenderer, type SeatMapRenderer } from './seat-map-renderer.ts'
import { SectionHere } from './section-here.tsx'
import { SeatNews } from './seat-news.tsx'
import { useSeatBoard } from './use-seat-board.ts'
import { watchKeys } from './watch-keys.ts'
import { type Pointed, watchPointer } from './watch-pointer.ts'

type SeatMapProps = {
  geometry: SeatGeometry
  /** The live seats: give its functions to `live.watchShow`. One for each show. */
  feed: SeatFeed
  firstSeatId: SeatId
  /** Prices by category code; colours are the plan's. */
  categories: readonly Category[]
  selection: ReadonlySet<SeatId>
  /** Held by this fan. */
  mine: ReadonlySet<SeatId>
  /** Lost to someone else just now. */
  shaking: ReadonlySet<SeatId>
  /** Category codes shown in full; `null`: all. */
  categoryFilter: ReadonlySet<number> | null
  /** In place of lost ones. */
  offered: ReadonlySet<SeatId>
  /** All the seats a press on that one would pick. */
  pickFrom: (seatId: SeatId) => readonly SeatId[]
  /** A section to stand in was pressed: its places are counted, not picked. */
  onChooseCrowd: (section: number) => void
  /** A seat was pressed, also one that cannot be had: the page says why. */
  onToggle: (seatId: SeatId) => void
  /** Where the list's focus is: the map follows it. */
  focusedSeatId?: SeatId | null
  /** Seats to bring into the picture whenever a new array is given, such as the best ones available. */
  reveal?: readonly SeatId[] | null
  labels: SeatMapLabels
  className?: string
}

const noSeats: readonly SeatId[] = []

/** How long a card that a finger asked for stays. */
const cardMs = 2600

/** The live seat map: a canvas to look at and to press, with zoom controls, a miniature and a card for the seat in question. */
export function SeatMap(props: SeatMapProps) {
  const { geometry, feed, firstSeatId, categories, labels, focusedSeatId = null, reveal = noSeats } = props
  const hostRef = useRef<HTMLDivElement>(null)
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const keysId = useId()
  const board = useSeatBoard(geometry, feed)
  const [renderer, setRenderer] = useState<SeatMapRenderer>()
  const [card, setCard] = useState<Carded>()
  const [keyedSeat, setKeyedSeat] = useState<number>()
  const prices = useMemo(
    () => new Map(categories.map((category) => [category.code, category.priceMinor])),
    [categories],
  )
  const words = useMemo(
    () => ({ labels, priceMinor: (category: number) => prices.get(category) }),
    [labels, prices],
  )
  const offered = useMemo(() => ordinalsOf(props.offered, firstSeatId), [props.offered, firstSeatId])
  const marks = useMemo(
    (): SeatMarks => ({
      selection: ordinalsOf(props.selection, firstSeatId),
      mine: ordinalsOf(props.mine, firstSeatId),
      shaking: ordinalsOf(props.shaking, firstSeatId),
      offered,
      categoryFilter: props.categoryFilter,
    }),
    [props.selection, props.mine, props.shaking, offered, props.categoryFilter, firstSeatId],
  )
  const look = (ordinal: number) => lookOf(board.codes[ordinal] ?? 3, ordinal, marks)
  const isShown = (ordinal: number): boolean =>
    marks.categoryFilter?.has(geometry.categoryCode[ordinal] ?? -1) ?? true
  const canHave = useEffectEvent(
    (ordinal: number) => board.isKnown() && isShown(ordinal) && canToggle(look(ordinal)),
  )
  const press = useEffectEvent((ordinal: number) => {
    if (board.isKnown()) props.onToggle(seatAt(firstSeatId, ordinal))
  })
  const pressCrowd = useEffectEvent((section: number) => props.onChooseCrowd(section))
  const pointAt = useEffectEvent((next: SeatMapRenderer, pointed: Pointed) => {
    if (pointed === undefined) return next.pointAt({ seats: [] })
    if ('section' in pointed) return next.pointAt({ seats: [], section: pointed.section })
    const picked = canHave(pointed.seat) ? props.pickFrom(seatAt(firstSeatId, pointed.seat)) : []
    next.pointAt({ seats: picked.length === 0 ? [pointed.seat] : picked.map((id) => id - firstSeatId) })
  })
  const begin = useEffectEvent((canvas: HTMLCanvasElement, host: HTMLElement) =>
    createSeatMapRenderer(canvas, {
      geometry,
      board,
      marks,
      words,
      palette: readPalette(host),
      isStill: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
    }),
  )

  const start = useEffectEvent((canvas: HTMLCanvasElement, host: HTMLElement) => {
    const next = begin(canvas, host)
    const resize = (): void =>
      next.resize({ width: host.clientWidth, height: host.clientHeight }, Math.min(devicePixelRatio, 3))
    const observer = new ResizeObserver(resize)
    observer.observe(host)
    resize()
    const ends = [
      watchTheme(() => next.setPalette(readPalette(host))),
      next.onView(() => {
        next.pointAt({ seats: [] })
        setCard(undefined)
      }),
      watchPointer(canvas, next, {
        canHave,
        pressCrowd,
        press: (seat, at, pointer) => {
          setCard(
            pointer === 'finger' && canHave(seat) ? undefined : { seat, at, isBrief: pointer === 'finger' },
          )
          press(seat)
        },
        point: (pointed) => {
          pointAt(next, pointed)
          setCard(pointed && { ...pointed, isBrief: false })
        },
      }),
      watchKeys(host, next, { canHave, reach: setKeyedSeat, press }),
      () => observer.disconnect(),
      next.stop,
    ]
    setRenderer(next)
    return () => {
      for (const end of ends) end()
      setRenderer(undefined)
    }
  })

  useEffect(() => {
    const canvas = canvasRef.current
    const host = hostRef.current
    if (canvas === null || host === null || board.geometry !== geometry) return
    let end: (() => void) | undefined
    // in the next frame: what comes with the page and what comes with the plan are two short waits, not one long one
    const loop = startFrameLoop(() => {
      end = start(canvas, host)
      return false
    })
    loop.request()
    return () => {
      loop.stop()
      end?.()
    }
  }, [geometry, board])

  useEffect(() => renderer?.setMarks(marks), [renderer, marks])
  useEffect(() => renderer?.setWords(words), [renderer, words])
  useEffect(() => {
    const ordinal = focusedSeatId === null ? undefined : focusedSeatId - firstSeatId
    renderer?.setFocused(ordinal)
    if (ordinal !== undefined) renderer?.showSeats([ordinal])
  }, [renderer, focusedSeatId, firstSeatId])
  useEffect(() => {
    if (reveal !== null) renderer?.showSeats(reveal.map((id) => id - firstSeatId))
  }, [renderer, reveal, firstSeatId])
  // an offer whose seats are taken is replaced, often in a busy sale: only more of them are worth a flight
  const offeredCount = offered.size
  const showOffered = useEffectEvent(() => renderer?.showSeats(offered))
  useEffect(() => {
    if (offeredCount > 0) showOffered()
  }, [renderer, offeredCount])
  useEffect(() => {
    if (card?.isBrief !== true) return
    const timer = setTimeout(() => setCard(undefined), cardMs)
    return () => clearTimeout(timer)
  }, [card])

  const story = { geometry, labels, prices, look, board }
  return (
    <div className={`relative overflow-hidden ${props.className ?? ''}`}>
      <div
        ref={hostRef}
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it takes keys, see watch-keys.ts
        tabIndex={0}
        aria-label={labels.map}
        aria-describedby={keysId}
        className="absolute inset-0 rounded-[inherit] outline-offset-[-3px]"
      >
        <canvas ref={canvasRef} className="absolute inset-0 size-full touch-none" />
      </div>
      <p id={keysId} hidden>
        {labels.mapKeys}
      </p>
      <SeatNews seat={keyedSeat} {...story} />
      {renderer !== undefined && (
        <>
          <SectionHere renderer={renderer} board={board} labels={labels} />
          <Minimap renderer={renderer} board={board} />
          <SeatMapControls camera={renderer.camera} labels={labels} />
        </>
      )}
      {card !== undefined && <SeatCard carded={card} {...story} />}
    </div>
  )
}
