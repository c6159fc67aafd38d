import { z } from 'zod'
import { concertFields, createConcertInput, createShowInput, seatPlanId } from './catalogue.ts'
import { concertId, showId } from './ids.ts'
import { amountMinor, currency } from './money.ts'
import { idempotencyKey } from './wallet.ts'
import { showFixedBecause } from './show-fixed.ts'
import { instantMs, plannedMs } from './time.ts'
import { linePhase } from './waiting-room.ts'

/** `createConcertInput` of an operator: one key makes one concert, however often it is sent. */
export const makeConcertInput = createConcertInput.extend({ idempotencyKey })
export type MakeConcertInput = z.input<typeof makeConcertInput>
export const madeConcert = z.object({ concertId })

export const makeShowInput = createShowInput
export const madeShow = z.object({ showId })

/** `fromMs`: when it was to begin as far as the operator knew. */
export const moveShowInput = z.object({ showId, fromMs: instantMs, startsAtMs: plannedMs })
export type MoveShowInput = z.infer<typeof moveShowInput>
export const removeShowInput = z.object({ showId })

const editedFields = z.object(concertFields).partial()

/** What is left out stays. `from`: what the changed parts were as far as the operator knew; what it leaves out is not compared. */
export const editConcertInput = editedFields.extend({ concertId, from: editedFields.optional() })
export type EditConcertInput = z.infer<typeof editConcertInput>

const clockFields = z.object({
  mode: z.enum(['lottery', 'fifo']).optional(),
  lobbyOpensAtMs: plannedMs.nullable().optional(),
  opensAtMs: plannedMs.optional(),
  closesAtMs: plannedMs.nullable().optional(),
})

/** `from`: what the changed parts were as far as the operator knew; what it leaves out is not compared. */
export const rescheduleLineInput = clockFields.extend({ concertId, from: clockFields.optional() })
export type RescheduleLineInput = z.infer<typeof rescheduleLineInput>

export const setPriceInput = z.object({
  concertId,
  /** A byte in the geometry file. */
  categoryCode: z.number().int().min(0).max(255),
  /** What it costs now as far as the operator knows. */
  fromMinor: amountMinor,
  priceMinor: amountMinor,
})
export type SetPriceInput = z.infer<typeof setPriceInput>

export const editorPlan = z.object({
  seatPlanId,
  name: z.string(),
  seatCount: z.number().int(),
  geometryUrl: z.string(),
  categories: z.array(z.object({ code: z.number().int(), name: z.string(), color: z.string() })),
})
export type EditorPlan = z.infer<typeof editorPlan>

export const venuePreset = z.enum(['club-50', 'theatre', 'arena-15k', 'stadium-50k', 'stadium-90k'])
export type VenuePreset = z.infer<typeof venuePreset>
export const generatePlanInput = z.object({ preset: venuePreset })

/** A plan that was looked at and not kept. */
export const seatPlanPreview = z.object({
  name: z.string(),
  seatCount: z.number().int(),
  sectionNames: z.array(z.string()),
  categories: z.array(
    z.object({ code: z.number().int(), name: z.string(), color: z.string(), seatCount: z.number().int() }),
  ),
  /** The geometry file, in base64. */
  geometry: z.string(),
})
export type SeatPlanPreview = z.infer<typeof seatPlanPreview>

/** A concert in the editor's list, with or without a show. */
export const editorConcert = z.object({
  concertId,
  title: concertFields.title,
  artist: z.string(),
  phase: linePhase,
  opensAtMs: instantMs,
  showCount: z.number().int(),
})
export type EditorConcert = z.infer<typeof editorConcert>

/** Why a part of the line's clock cannot be changed any more; `null`: it can. */
const closedBecause = z.enum(['lobbyOpened', 'saleOpened', 'saleClosed']).nullable()

/** Everything about a concert that an operator may change, and what is too late to. */
export const editorConcertPage = z.object({
  concertId,
  ...concertFields,
  currency,
  line: z.object({
    mode: z.enum(['lottery', 'fifo']),
    lobbyOpensAtMs: instantMs.nullable(),
    opensAtMs: instantMs,
    closesAtMs: instantMs.nullable(),
    phase: linePhase,
    isFixed: z.object({
      mode: closedBecause,
      lobbyOpensAtMs: closedBecause,
      opensAtMs: closedBecause,
      closesAtMs: closedBecause,
    }),
  }),
  prices: z.array(
    z.object({
      categoryCode: z.number().int(),
      name: z.string(),
      color: z.string(),
      priceMinor: amountMinor,
    }),
  ),
  shows: z.array(
    z.object({
      showId,
      startsAtMs: instantMs,
      seatPlanId,
      seatPlanName: z.string(),
      seatCount: z.number().int(),
      soldCount: z.number().int(),
      isFixed: z.object({
        /** Why it begins when it begins; `null`: it can be moved. */
        start: showFixedBecause.nullable(),
        /** Why it stays; `null`: it can be removed. */
        place: showFixedBecause.nullable(),
      }),
    }),
  ),
  asOfMs: instantMs,
})
export type EditorConcertPage = z.infer<typeof editorConcertPage>
