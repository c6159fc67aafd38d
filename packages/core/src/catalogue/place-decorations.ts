import type { Decoration } from '@greenroom/contract'
import type { Point } from './polygon.ts'
import type { PlanArea, SeatPlanDocument } from './seat-plan-document.ts'

export type PlacedDecoration = {
  decoration: Decoration
  /** Of its bounding box, in plan units. */
  corners: Point[]
  isStage: boolean
}

const stageWords = /stage|무대|bühne|scène|escenario|palco scenico|ステージ/i

/** What the plan draws beside its seats, where it stands. Areas without a shape, or without that shape's size, draw nothing. */
export function placeDecorations(plan: SeatPlanDocument): PlacedDecoration[] {
  return plan.zones.flatMap((zone) =>
    (zone.areas ?? []).flatMap((area) => {
      const position = {
        x: zone.position.x + (area.position?.x ?? 0),
        y: zone.position.y + (area.position?.y ?? 0),
      }
      const decoration = readArea(area, position)
      if (decoration === undefined) return []
      const corners = reach(decoration).map((point) => turn(point, decoration))
      return [{ decoration, corners, isStage: stageWords.test(area.text?.text ?? '') }]
    }),
  )
}

function readArea(area: PlanArea, position: Point): Decoration | undefined {
  const base = {
    position,
    rotation: area.rotation ?? 0,
    color: area.color ?? '#d0d0d0',
    borderColor: area.border_color ?? '#a0a0a0',
    text:
      area.text === undefined || area.text.text === ''
        ? null
        : {
            text: area.text.text,
            color: area.text.color ?? '#333333',
            size: area.text.size ?? 16,
            position: area.text.position,
          },
  }
  const { polygon, rectangle, ellipse, circle } = area
  switch (area.shape) {
    case 'polygon':
      return polygon && { ...base, shape: 'polygon', points: polygon.points }
    case 'rectangle':
      return rectangle && { ...base, shape: 'rectangle', ...rectangle }
    case 'ellipse':
      return ellipse && { ...base, shape: 'ellipse', radiusX: ellipse.radius.x, radiusY: ellipse.radius.y }
    case 'circle':
      return circle && { ...base, shape: 'circle', radius: circle.radius }
    case 'text':
      return base.text === null ? undefined : { ...base, shape: 'text' }
    case undefined:
      return undefined
  }
}

/** Points no part of the decoration lies beyond, relative to its position, before it is turned. */
function reach(decoration: Decoration): Point[] {
  switch (decoration.shape) {
    case 'polygon':
      return decoration.points
    case 'rectangle':
      return box(0, 0, decoration.width, decoration.height)
    case 'ellipse':
      return box(-decoration.radiusX, -decoration.radiusY, decoration.radiusX, decoration.radiusY)
    case 'circle':
      return box(-decoration.radius, -decoration.radius, decoration.radius, decoration.radius)
    case 'text':
      return [decoration.text?.position ?? { x: 0, y: 0 }]
  }
}

function box(left: number, top: number, right: number, bottom: number): Point[] {
  return [left, right].flatMap((x) => [top, bottom].map((y) => ({ x, y })))
}

function turn(point: Point, { position, rotation }: Decoration): Point {
  const angle = (rotation * Math.PI) / 180
  return {
    x: position.x + point.x * Math.cos(angle) - point.y * Math.sin(angle),
    y: position.y + point.x * Math.sin(angle) + point.y * Math.cos(angle),
  }
}
