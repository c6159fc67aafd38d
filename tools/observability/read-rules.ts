import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string(),
          labels: z.object({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.object({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
})

/** The alerts of deploy/observability, in their order. */
export function readRules(): z.infer<typeof alerts>['groups'][number]['rules'] {
  const path = join(import.meta.dirname, '../../deploy/observability/alerts.yml')
  return alerts.parse(parse(readFileSync(path, 'utf8'))).groups.flatMap((group) => group.rules)
}
