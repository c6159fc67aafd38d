import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { root } from './env-example.ts'

const condition = z.enum(['service_healthy', 'service_completed_successfully', 'service_started'])

const service = z.object({
  image: z.string(),
  profiles: z.array(z.string()),
  user: z.string().optional(),
  read_only: z.boolean().default(false),
  init: z.boolean().default(false),
  networks: z.array(z.string()).min(1),
  tmpfs: z.array(z.string()).default([]),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition })).default({}),
  healthcheck: z
    .union([
      z.strictObject({ disable: z.literal(true) }),
      z.strictObject({
        test: z.array(z.string()).min(2),
        interval: z.string(),
        timeout: z.string(),
        start_period: z.string().optional(),
        retries: z.int().positive(),
      }),
    ])
    .optional(),
  stop_grace_period: z.string().optional(),
  restart: z.string().optional(),
  logging: z.object({ options: z.record(z.string(), z.string()) }).optional(),
  deploy: z.object({ replicas: z.int().optional() }).default({}),
})

export type ComposeService = z.infer<typeof service>

const compose = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.object({})),
})

/** docker-compose.yml as Docker Compose would read it, with nothing put in for `${...}` yet. */
export const composeDocument: unknown = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), {
  merge: true,
})

export const { services, volumes } = compose.parse(composeDocument)

/** The processes of ours, each with the name of its command. */
export const ownServices = Object.entries(services).filter(([, each]) => each.image.startsWith('greenroom:'))
