import { isInside } from '../polygon.ts'
import type { SeatPlanDocument } from '../seat-plan-document.ts'
import { type Arc, divide, partsFor, pushOut, type RingShape, ringArcs, seatsAlong, spotAt } from './arc.ts'
import {
  rowDepth,
  seatPitch,
  type Spot,
  type VenueArea,
  type VenueCategory,
  type VenueSection,
  wheelchairSeat,
  writePlan,
} from './venue-plan.ts'

export type BowlDimensions = {
  name: string
  ring: RingShape
  /** Rings of sections, the lowest first. */
  tiers: { gap: number; rows: number }[]
  floor: {
    /** Blocks across (an even number: the runway divides them) and along. */
    columns: number
    rows: number
    seatsAcross: number
    seatsDeep: number
    /** So many rows of blocks, the nearest ones, have no chairs: one stands there, on as much room. */
    standingRows: number
  }
  /** The stage's front, in metres from the middle towards the top, and its width. */
  stage: { front: number; width: number; depth: number }
}

/** Most seats between two aisles. */
const maxSeats = 22
const aisle = 1.2
const floorAisle = 1.6
const runwayWidth = 3.2
const wheelchairPitch = 1

/** How many of all seats each category takes, best first. */
const shares: { category: VenueCategory; share: number }[] = [
  { category: 'VIP', share: 0.09 },
  { category: 'R', share: 0.22 },
  { category: 'S', share: 0.28 },
  { category: 'A', share: 0.24 },
  { category: 'B', share: 1 },
]

type Block = {
  name: string
  tier: number
  isStanding: boolean
  rows: { label: string; seats: Spot[]; isWheelchair: boolean }[]
}

/**
 * An arena or stadium in concert use: a stage at one end with a runway into the floor, blocks of chairs around it, and
 * rings of sections, open behind the stage. Categories follow from how far a section is from the stage and how high.
 */
export function planBowl(dimensions: BowlDimensions): SeatPlanDocument {
  const { stage } = dimensions
  const focus = { x: 0, y: -stage.front }
  const floor = floorBlocks(dimensions).filter((block) => clearsRing(block, dimensions.ring))
  const standing = floor.filter((block) => block.isStanding)
  const named = floor.map((block) => ({
    ...block,
    name: block.isStanding
      ? `Standing ${String.fromCodePoint(65 + standing.indexOf(block))}`
      : `F${floor.indexOf(block) - standing.length + 1}`,
  }))
  const blocks = [...named, ...ringBlocks(dimensions, focus)]
  return writePlan({
    name: dimensions.name,
    sections: gradeBlocks(blocks, focus),
    areas: stageAreas(dimensions),
  })
}

/** All blocks of the grid, front to back and left to right; those the stands leave no room for are still among them. */
function floorBlocks({ floor, stage }: BowlDimensions): Block[] {
  const width = (floor.seatsAcross - 1) * seatPitch
  const depth = (floor.seatsDeep - 1) * rowDepth
  const blocks: Block[] = []
  for (let row = 0; row < floor.rows; row++) {
    const top = -stage.front + 3.5 + row * (depth + rowDepth + floorAisle)
    for (let column = 0; column < floor.columns; column++) {
      const middle = floor.columns / 2
      const side = column < middle ? -1 : 1
      const outward = side < 0 ? middle - 1 - column : column - middle
      const inner = runwayWidth / 2 + 1 + outward * (width + seatPitch + floorAisle)
      const left = side < 0 ? -inner - width : inner
      blocks.push({
        name: '',
        tier: 0,
        isStanding: row < floor.standingRows,
        rows: Array.from({ length: floor.seatsDeep }, (_, line) => ({
          label: String(line + 1),
          isWheelchair: false,
          seats: Array.from({ length: floor.seatsAcross }, (_seat, seat) => ({
            x: left + seat * seatPitch,
            y: top + line * rowDepth,
          })),
        })),
      })
    }
  }
  return blocks
}

/** Whether there is a way to walk between the block and the lowest row. */
function clearsRing(block: Block, ring: RingShape): boolean {
  const inner = ringArcs(ring)
    .map((arc) => pushOut(arc, -2))
    .flatMap((arc) =>
      Array.from({ length: 9 }, (_, step) => spotAt(arc, arc.from + ((arc.to - arc.from) * step) / 8)),
    )
  const corners = [block.rows.at(0), block.rows.at(-1)].flatMap((row) => [
    row?.seats.at(0),
    row?.seats.at(-1),
  ])
  return corners.every((corner) => corner !== undefined && isInside(inner, corner))
}

function ringBlocks({ ring, tiers }: BowlDimensions, focus: Spot): Block[] {
  const blocks: Block[] = []
  let offset = 0
  for (const [index, tier] of tiers.entries()) {
    offset += tier.gap
    const arcs = ringArcs(ring)
      .map((arc) => pushOut(arc, offset))
      .flatMap((arc) => divide(arc, partsFor(arc, tier.rows, { pitch: seatPitch, aisle, maxSeats })))
      .filter((arc) => seesStage(arc, focus))
    // numbered clockwise, from the stage's one end round to its other
    const first = arcs.findIndex((arc, position) => seesGap(arcs.at(position - 1), arc))
    const ordered = [...arcs.slice(first), ...arcs.slice(0, first)]
    blocks.push(...ordered.map((arc, place) => ringBlock(arc, index + 1, tier.rows, place + 1)))
    offset += (tier.rows - 1) * rowDepth
  }
  return blocks
}

function ringBlock(arc: Arc, tier: number, rows: number, place: number): Block {
  return {
    name: `${tier}${String(place).padStart(2, '0')}`,
    tier,
    isStanding: false,
    rows: Array.from({ length: rows }, (_, row) => {
      // every fourth section of the lowest ring ends in a platform at the level of the concourse
      const isWheelchair = tier === 1 && row === rows - 1 && place % 4 === 2
      const line = pushOut(arc, row * rowDepth)
      return {
        label: String(row + 1),
        isWheelchair,
        seats: seatsAlong(line, isWheelchair ? wheelchairPitch : seatPitch, aisle),
      }
    }).filter((row) => row.seats.length > 0),
  }
}

/** From further to the side than this the screens and the back of the stage are hidden. */
const restrictedBearing = (84 * Math.PI) / 180

/** Nobody is sold a seat that looks at the stage from behind. */
function seesStage(arc: Arc, focus: Spot): boolean {
  return bearingOf(spotAt(arc, (arc.from + arc.to) / 2), focus) < (100 * Math.PI) / 180
}

/** How far to the side: 0 is straight in front of the stage. */
function bearingOf(spot: Spot, focus: Spot): number {
  return Math.atan2(Math.abs(spot.x - focus.x), spot.y - focus.y)
}

/** The opening behind the stage lies between these two. */
function seesGap(before: Arc | undefined, arc: Arc): boolean {
  if (before === undefined) return true
  const end = spotAt(before, before.to)
  const start = spotAt(arc, arc.from)
  return Math.hypot(end.x - start.x, end.y - start.y) > 5
}

/** Best sections first, until each category has its share. Sections stay whole: one price a section is what fans expect. */
function gradeBlocks(blocks: Block[], focus: Spot): VenueSection[] {
  const total = blocks.reduce((sum, block) => sum + sizeOf(block), 0)
  const best = blocks.toSorted((a, b) => distanceOf(a, focus) - distanceOf(b, focus))
  const categories = new Map<Block, VenueCategory>()
  let given = 0
  for (const block of best) {
    let end = 0
    const found = shares.find(({ share }) => given < (end += share * total))
    categories.set(block, specialCategory(block, focus) ?? found?.category ?? 'B')
    given += sizeOf(block)
  }
  return blocks.map((block) => ({
    name: block.name,
    rows: block.rows.map((row, index) => ({
      // places to stand have no rows: they are numbered through, in the order in which one goes in
      label: block.isStanding ? '' : row.label,
      category: categories.get(block) ?? 'B',
      seats: row.seats.map((seat, place) => ({
        ...seat,
        number: String((block.isStanding ? index * row.seats.length : 0) + place + 1),
        ...(row.isWheelchair ? { category: wheelchairSeat(place) } : {}),
      })),
    })),
  }))
}

function specialCategory(block: Block, focus: Spot): VenueCategory | undefined {
  if (block.isStanding) return 'Standing'
  return bearingOf(middleOf(block, focus), focus) > restrictedBearing ? 'Restricted view' : undefined
}

/** Metres to the stage; a tier up is as bad as 14 metres further away. */
function distanceOf(block: Block, focus: Spot): number {
  const seat = middleOf(block, focus)
  return Math.hypot(seat.x - focus.x, seat.y - focus.y) + 14 * block.tier
}

function middleOf(block: Block, otherwise: Spot): Spot {
  const row = block.rows[block.rows.length >> 1]
  return row?.seats[row.seats.length >> 1] ?? otherwise
}

function sizeOf(block: Block): number {
  return block.rows.reduce((sum, row) => sum + row.seats.length, 0)
}

function stageAreas({ stage, floor }: BowlDimensions): VenueArea[] {
  const half = stage.width / 2
  const front = -stage.front
  const blockDepth = floor.seatsDeep * rowDepth + floorAisle
  const runway = 3.5 + Math.max(1, Math.floor(floor.rows / 2)) * blockDepth - floorAisle / 2
  const main = [
    { x: -half, y: front - stage.depth },
    { x: half, y: front - stage.depth },
    { x: half * 0.86, y: front },
    { x: -half * 0.86, y: front },
  ]
  return [
    { shape: 'polygon', points: main, color: '#312e81', label: 'STAGE' },
    {
      shape: 'rectangle',
      position: { x: -runwayWidth / 2 + 0.4, y: front },
      width: runwayWidth - 0.8,
      height: runway,
      color: '#312e81',
    },
  ]
}
