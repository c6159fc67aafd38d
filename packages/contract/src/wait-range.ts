import { z } from 'zod'

/** How long a wait may take, from and to, in milliseconds. */
export const waitRange = z.object({
  lowMs: z.number().int().nonnegative(),
  highMs: z.number().int().nonnegative(),
})
export type WaitRange = z.infer<typeof waitRange>
