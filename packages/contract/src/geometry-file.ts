import { z } from 'zod'
import { geometryHead } from './seat-geometry.ts'

/** Strings occur once, in the head; everything after it refers to them by index. */
export const fileHead = geometryHead.extend({ strings: z.array(z.string()) })
export type FileHead = z.infer<typeof fileHead>
