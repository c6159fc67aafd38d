import { detailAt } from './level-of-detail.ts'
import { type DefaultStage, pathOf, type SectionShape } from './plan-shapes.ts'
import type { Scene } from './scene.ts'
import { seatPlanOf } from './seat-plan.ts'
import { boxesTouch, seenBox, type Size, type View } from './view.ts'

export type PlanFrame = { view: View; size: Size; ratio: number; hoveredSection: number | undefined }

/** What lies under the seats: sections, tinted by what is left in them when seats are too small to tell, and decorations. */
export function paintPlan(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  plan: { shapes: readonly SectionShape[]; stage: DefaultStage | undefined; stageWord: string },
  frame: PlanFrame,
): void {
  const { view, ratio } = frame
  pen.save()
  pen.setTransform(view.k * ratio, 0, 0, view.k * ratio, view.x * ratio, view.y * ratio)
  paintDecorations(pen, scene, view, plan.stageWord)
  if (plan.stage !== undefined) paintStage(pen, scene, plan.stage, plan.stageWord)
  paintSections(pen, scene, plan.shapes, frame)
  pen.restore()
}

function paintSections(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  shapes: readonly SectionShape[],
  { view, size, hoveredSection }: PlanFrame,
): void {
  const { palette } = scene
  const seen = seenBox(view, size)
  const { tint } = detailAt(scene.geometry.seatPitch * view.k)
  const { isStanding } = seatPlanOf(scene.geometry)
  pen.lineJoin = 'round'
  shapes.forEach(({ path, box }, section) => {
    if (!boxesTouch(box, seen)) return
    pen.globalAlpha = 1
    pen.fillStyle = palette.section
    pen.fill(path)
    const left = leadingColor(scene, section)
    if (left !== undefined) {
      // a crowd has no seats to show it by, however near one comes
      pen.globalAlpha = (isStanding(section) ? 0.7 : tint) * (0.3 + 0.5 * left.share)
      pen.fillStyle = left.color
      pen.fill(path)
    }
    pen.globalAlpha = 1
    pen.strokeStyle = section === hoveredSection ? palette.ink : palette.sectionEdge
    pen.lineWidth = (section === hoveredSection ? 2 : 1) / view.k
    pen.stroke(path)
  })
  pen.globalAlpha = 1
}

/** The category most free seats of the section have, and which share of its seats is free. */
function leadingColor(scene: Scene, section: number): { color: string; share: number } | undefined {
  const { geometry, board, marks } = scene
  let best = { count: 0, color: '' }
  let free = 0
  geometry.categories.forEach(({ color }, category) => {
    if (marks.categoryFilter !== null && !marks.categoryFilter.has(category)) return
    const count = board.stock.count(section, category)
    free += count
    if (count > best.count) best = { count, color }
  })
  if (free === 0) return undefined
  return { color: best.color, share: free / (geometry.sections[section]?.seatCount ?? free) }
}

/** Whatever language the plan was drawn in, its stage is named in the page's. */
const stageWords = /stage|무대|bühne|scène|escenario|ステージ/i
/** Words in a plan are sized for paper; on a screen they need not grow beyond this. */
const maxWordPx = 24

/** In the plan's own colours, but quiet: a plan may bring colours that were chosen for paper. The stage stands out. */
function paintDecorations(
  pen: CanvasRenderingContext2D,
  { geometry, palette }: Scene,
  view: View,
  stageWord: string,
): void {
  for (const decoration of geometry.decorations) {
    const { text } = decoration
    const isStage = text !== null && stageWords.test(text.text)
    pen.save()
    pen.translate(decoration.position.x, decoration.position.y)
    pen.rotate((decoration.rotation * Math.PI) / 180)
    if (decoration.shape !== 'text') {
      const path = pathOf(decoration)
      pen.fillStyle = palette.section
      pen.fill(path)
      pen.globalAlpha = isStage ? 0.2 : 0.18
      pen.fillStyle = isStage ? palette.ink : decoration.color
      pen.fill(path)
      pen.globalAlpha = isStage ? 0.6 : 1
      pen.strokeStyle = isStage ? palette.ink : palette.sectionEdge
      pen.lineWidth = (isStage ? 1.5 : 1) / view.k
      pen.stroke(path)
      pen.globalAlpha = 1
    }
    if (text !== null && text.text !== '') {
      pen.fillStyle = isStage ? palette.ink : palette.soft
      pen.font = `${isStage ? 700 : 600} ${Math.min(text.size, maxWordPx / view.k)}px ${palette.fontFamily}`
      pen.textAlign = 'center'
      pen.textBaseline = 'middle'
      pen.fillText(isStage ? stageWord : text.text, text.position.x, text.position.y)
    }
    pen.restore()
  }
}

function paintStage(pen: CanvasRenderingContext2D, scene: Scene, { box }: DefaultStage, word: string): void {
  const { palette } = scene
  const width = box.maxX - box.minX
  const depth = box.maxY - box.minY
  const path = new Path2D()
  path.moveTo(box.minX + depth * 0.3, box.minY)
  path.lineTo(box.maxX - depth * 0.3, box.minY)
  path.lineTo(box.maxX, box.maxY - depth * 0.3)
  path.quadraticCurveTo((box.minX + box.maxX) / 2, box.maxY + depth * 0.3, box.minX, box.maxY - depth * 0.3)
  path.closePath()
  pen.fillStyle = palette.ink
  pen.globalAlpha = 0.86
  pen.fill(path)
  pen.globalAlpha = 1
  pen.fillStyle = palette.ground
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  const fontUnits = Math.min(depth * 0.5, width * 0.12)
  pen.font = `700 ${fontUnits}px ${palette.fontFamily}`
  pen.letterSpacing = `${fontUnits * 0.18}px`
  pen.fillText(word, (box.minX + box.maxX) / 2, box.minY + depth * 0.52)
  pen.letterSpacing = '0px'
}
