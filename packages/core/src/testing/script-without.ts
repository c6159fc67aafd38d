import { type LuaScript, luaScriptOf, readLuaSource } from '../platform/lua-script.ts'

/** A script with guards taken out, to see what they guard against: each text is replaced by the one beside it. */
export function scriptWithout(file: URL, guards: Record<string, string>): LuaScript {
  let source = readLuaSource(file)
  for (const [guard, instead] of Object.entries(guards)) {
    if (source.split(guard).length !== 2) throw new Error(`not exactly one "${guard}" in ${file.pathname}`)
    source = source.replace(guard, instead)
  }
  return luaScriptOf(source)
}
