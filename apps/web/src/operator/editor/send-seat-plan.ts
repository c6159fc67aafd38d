import type { SeatPlanId, SeatPlanPreview } from '@greenroom/contract'

type Answers = { preview: SeatPlanPreview; keep: { seatPlanId: SeatPlanId; name: string; isNew: boolean } }
const paths = { preview: '/admin/seat-plans/preview', keep: '/admin/seat-plans' } as const

/** A refusal as the api tells it outside of tRPC, in the form that `refusalOf` reads. */
class SeatPlanRefused extends Error {
  readonly data: { domain: unknown }

  constructor(domain: unknown) {
    super('the seat plan was refused')
    this.name = 'SeatPlanRefused'
    this.data = { domain }
  }
}

/** Sends a plan's text to be looked at or kept; plans are too large for a procedure. */
export async function sendSeatPlan<How extends keyof Answers>(how: How, text: string): Promise<Answers[How]> {
  const answer = await fetch(paths[how], {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: text,
  })
  const body: unknown = await answer.json()
  if (!answer.ok) throw new SeatPlanRefused(body instanceof Object ? Reflect.get(body, 'error') : undefined)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server's own answer, as tRPC's client takes it
  return body as Answers[How]
}
