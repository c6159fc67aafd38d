import { type LuaScript, luaScriptOf, readLuaSource } from '../platform/lua-script.ts'

/** A script with one guard taken out, to see what it guards against. Throws when the guard is not there to take. */
export function scriptWithout(file: URL, guard: string, instead = ''): LuaScript {
  const source = readLuaSource(file)
  if (source.split(guard).length !== 2) throw new Error(`not exactly one "${guard}" in ${file.pathname}`)
  return luaScriptOf(source.replace(guard, instead))
}
