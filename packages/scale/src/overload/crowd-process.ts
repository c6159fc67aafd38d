import { type CrowdLoad, openCrowdLoad } from './crowd-load.ts'

/** What the parent asks of this process; it answers each with a message. */
export type CrowdOrder =
  | { kind: 'open'; port: number; connections: number; requests: string[] }
  | { kind: 'saturate'; callers: number; ms: number }
  | { kind: 'offer'; perSecond: number; ms: number }

let load: CrowdLoad | undefined

process.on('disconnect', () => process.exit(0))
process.on('message', (order: CrowdOrder) => {
  obey(order).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})

async function obey(order: CrowdOrder): Promise<unknown> {
  if (order.kind === 'open') {
    load = await openCrowdLoad(order.port, order.connections, order.requests)
    return 'open'
  }
  if (load === undefined) throw new Error('the crowd has no connections yet')
  return order.kind === 'offer'
    ? await load.offer(order.perSecond, order.ms)
    : await load.saturate(order.callers, order.ms)
}
