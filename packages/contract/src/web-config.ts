import { z } from 'zod'

/** What `/config.json` tells a page before it can ask anything else. */
export const webConfig = z.object({ gatewayUrl: z.url() })
export type WebConfig = z.infer<typeof webConfig>
