import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

import { repositoryRoot } from './repository.ts'

const serviceSchema = z.strictObject({
  image: z.string().regex(/^[a-z]+:\d+$/),
  environment: z.record(z.string(), z.string()).optional(),
  command: z.array(z.string()),
  shm_size: z.string().optional(),
  ports: z.array(z.string()),
  volumes: z.array(z.string()),
  healthcheck: z.strictObject({
    test: z.array(z.string()).min(2),
    interval: z.string(),
    timeout: z.string(),
    retries: z.int().positive(),
  }),
  stop_grace_period: z.string(),
  restart: z.literal('unless-stopped'),
})

const composeSchema = z.strictObject({
  name: z.string(),
  services: z.strictObject({ postgres: serviceSchema, redis: serviceSchema }),
  volumes: z.record(z.string(), z.object({})),
})

// There is no Docker where the tests run, so the file is checked for what it must say.
const compose = composeSchema.parse(parse(readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8')))
const { postgres, redis } = compose.services

test('Postgres is 18, with its data where that image keeps it', () => {
  expect(postgres.image).toBe('postgres:18')
  expect(postgres.volumes).toEqual(['postgres:/var/lib/postgresql'])
})

test('Redis never evicts and keeps an append-only file', () => {
  expect(redis.command.join(' ')).toContain('--maxmemory-policy noeviction')
  expect(redis.command.join(' ')).toContain('--appendonly yes')
  expect(redis.command.join(' ')).toContain('--appendfsync everysec')
})

test('nothing durable is switched off', () => {
  expect(postgres.command.join(' ')).not.toMatch(/fsync|synchronous_commit|full_page_writes/)
})

test('both listen on loopback only, and every volume that is used is declared', () => {
  for (const service of [postgres, redis]) {
    for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z_]+:-(\d+)\}:\1$/)
    for (const volume of service.volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0])
  }
})
