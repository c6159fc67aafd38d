import { z } from 'zod'

/** Why a show cannot be moved or removed any more. */
export const showFixedBecause = z.enum(['begun', 'cancelled', 'moved', 'opened', 'touched'])
export type ShowFixedBecause = z.infer<typeof showFixedBecause>
