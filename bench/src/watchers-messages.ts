import { z } from 'zod'

/** What the bench and its crowd, a process of its own, say to one another. */
export const crowdOrder = z.union([
  z.object({
    open: z.object({
      port: z.number(),
      /** With `greet`, a gateway's sockets: who they are and what they watch. Else bare ones that only listen. */
      path: z.string(),
      greetings: z.array(z.object({ token: z.string(), watch: z.string() })).nullable(),
      count: z.number(),
    }),
  }),
  /** Answered when every socket is at that position of the stream, or after 15 s without. */
  z.object({ until: z.object({ position: z.number() }) }),
  /** When each change, named `seat:version`, was asked for, by the machine's monotonic clock. */
  z.object({ report: z.object({ askedAtMs: z.record(z.string(), z.number()) }) }),
])
export type CrowdOrder = z.infer<typeof crowdOrder>

export const crowdReport = z.object({
  /** Messages of seats that arrived, over all sockets, and their bytes. */
  deliveries: z.number(),
  bytes: z.number(),
  /** Of each change at each socket, from being asked for to being there. */
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  maxMs: z.number().nullable(),
  /** Of the changes asked about, times the sockets that saw them. */
  changesSeen: z.number(),
  /** Messages that did not begin where the socket's last one ended. */
  gaps: z.number(),
  /** The texts as they came, each once. */
  texts: z.array(z.string()),
  closed: z.number(),
})
export type CrowdReport = z.infer<typeof crowdReport>

/** The same clock in every process of a machine. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6
