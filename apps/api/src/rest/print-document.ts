import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { contractRoutes } from './contracts/index.ts'
import { openApiDocument } from './openapi-document.ts'
import { v1Routes } from './v1/index.ts'

/** `node print-document.ts <file>`: the whole document without a server, for what holds it to its rules. */
const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('name the file to write')
const settings = { publicOrigin: 'https://greenroom.example', contracts: 'open' } as const
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, JSON.stringify(openApiDocument([...v1Routes, ...contractRoutes], settings), null, 2))
