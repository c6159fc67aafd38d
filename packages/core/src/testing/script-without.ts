import { type LuaScript, luaScriptOf, readLuaSource } from '../platform/lua-script.ts'
import { textWithout } from './text-without.ts'

/** A script with guards taken out; see `textWithout`. */
export function scriptWithout(file: URL, guards: Record<string, string>): LuaScript {
  return luaScriptOf(textWithout(readLuaSource(file), guards))
}
