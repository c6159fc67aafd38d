import { z } from 'zod'
import { seatStatuses } from './seat-status-code.ts'

export const seatStatus = z.enum(seatStatuses)
