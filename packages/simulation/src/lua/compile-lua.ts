import luaparse from 'luaparse'
import { type LuaValue, machine, type RedisCall } from './lua-machine.ts'
import { toPattern } from './lua-pattern.ts'

/** One script, ready to run against any Redis: the reply as Lua left it. */
export type CompiledLua = (call: RedisCall, keys: string[], args: string[]) => LuaValue

/**
 * Turns a script into JavaScript once, so that a run of it costs a microsecond: an interpreter costs 10 to 100 times
 * that. It knows the part of Lua 5.1 that our scripts use (see README) and refuses everything else by name, so a script
 * can never mean one thing in Redis and another here without `compare-redis.int.test.ts` or this compiler saying so.
 */
export function compileLua(source: string): CompiledLua {
  const chunk = luaparse.parse(source, { luaVersion: '5.1', encodingMode: 'pseudo-latin1', comments: false })
  const writer = new ScriptWriter()
  const text = writer.writeBody(chunk.body)
  // oxlint-disable-next-line typescript/no-implied-eval -- the text was written by the lines above from our own scripts
  const run = new Function('lua', '_call', 'KEYS', 'ARGV', `'use strict'; let _v;\n${text}`)
  return (call, keys, args): LuaValue => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- compiled code makes Lua's values and no others
    return Reflect.apply(run, undefined, [machine, call, keys, args]) as LuaValue
  }
}

/** Names that are words of JavaScript and not of Lua get a `$`, as does everything else, so that none can clash. */
const nameOf = (name: string): string => (name === 'KEYS' || name === 'ARGV' ? name : `$${name}`)

/** Binary operators that the machine does, because JavaScript's differ: strings are numbers in Lua's arithmetic. */
const operators: Record<string, string> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '^': 'power',
  '..': 'concat',
  '<': 'less',
  '<=': 'atMost',
}

/** Holds which functions of the script answer with several values: those give a JavaScript array. */
class ScriptWriter {
  readonly #several = new Set<string>()

  writeBody(body: luaparse.Statement[]): string {
    return body.map((statement) => this.#statement(statement)).join('\n')
  }

  #statement(node: luaparse.Statement): string {
    switch (node.type) {
      case 'LocalStatement':
        return this.#local(node)
      case 'AssignmentStatement':
        return this.#assignment(node)
      case 'CallStatement':
        return `${this.#expression(node.expression)};`
      case 'ReturnStatement':
        return this.#return(node)
      case 'FunctionDeclaration':
        return this.#function(node)
      case 'IfStatement':
        return this.#if(node)
      case 'ForNumericStatement':
        return this.#forNumeric(node)
      case 'ForGenericStatement':
        return this.#forEach(node)
      default:
        return unknown(node.type)
    }
  }

  #local({ variables, init }: luaparse.LocalStatement): string {
    // Lua's name for what nobody reads, which may come twice
    const names = variables.map(({ name }) => (name === '_' ? '' : nameOf(name)))
    const [only] = init
    if (init.length === 1 && only !== undefined && variables.length > 1 && this.#isSeveral(only))
      return `let [${names.join(', ')}] = ${this.#allOf(only)};`
    // one name after the other: all right sides are read before any name is new, as nothing here is named again
    return names.map((name, at) => `let ${name} = ${this.#valueAt(init, at)};`).join(' ')
  }

  #assignment({ variables, init }: luaparse.AssignmentStatement): string {
    if (init.length < variables.length) return unknown('an assignment of more than there is')
    const values = variables.map((_variable, at) => this.#valueAt(init, at))
    if (variables.length === 1) return this.#assign(variables[0], values[0] ?? 'undefined')
    const temporaries = values.map((_value, at) => `_a${at}`)
    const lines = variables.map((variable, at) => this.#assign(variable, temporaries[at] ?? ''))
    return `{ const [${temporaries.join(', ')}] = [${values.join(', ')}]; ${lines.join(' ')} }`
  }

  #assign(target: luaparse.AssignmentStatement['variables'][number] | undefined, value: string): string {
    if (target?.type === 'Identifier') return `${nameOf(target.name)} = ${value};`
    if (target?.type === 'IndexExpression')
      return `lua.put(${this.#expression(target.base)}, ${this.#expression(target.index)}, ${value});`
    return unknown(`an assignment to ${target?.type}`)
  }

  #valueAt(values: luaparse.Expression[], at: number): string {
    const value = values[at]
    return value === undefined ? 'undefined' : this.#expression(value)
  }

  #return({ arguments: values }: luaparse.ReturnStatement): string {
    const [first] = values
    if (first === undefined) return 'return;'
    if (values.length > 1) return `return [${values.map((value) => this.#expression(value)).join(', ')}];`
    return `return ${this.#isSeveral(first) ? this.#allOf(first) : this.#expression(first)};`
  }

  #function({ identifier, isLocal, parameters, body }: luaparse.FunctionDeclaration): string {
    if (identifier?.type !== 'Identifier' || !isLocal) return unknown('a function that is not local')
    const names = parameters.map((each) =>
      each.type === 'Identifier' ? nameOf(each.name) : unknown('a variable number of arguments'),
    )
    const text = this.writeBody(body)
    const returns = findReturns(body)
    const isSeveral = returns.some(
      ({ arguments: values }) => values.length > 1 || (values[0] !== undefined && this.#isSeveral(values[0])),
    )
    if (isSeveral) this.#several.add(identifier.name)
    if (
      isSeveral &&
      returns.some(({ arguments: values }) => values.length < 2 && !this.#isSeveral(values[0]))
    )
      return unknown('a function that answers now with one value and now with several')
    return `function ${nameOf(identifier.name)}(${names.join(', ')}) { let _v; ${text} }`
  }

  #if({ clauses }: luaparse.IfStatement): string {
    return clauses
      .map((clause, at) => {
        const body = `{ ${this.writeBody(clause.body)} }`
        if (clause.type === 'ElseClause') return `else ${body}`
        return `${at === 0 ? 'if' : 'else if'} (${this.#condition(clause.condition)}) ${body}`
      })
      .join(' ')
  }

  #forNumeric({ variable, start, end, step, body }: luaparse.ForNumericStatement): string {
    const by = step === null ? '1' : step.type === 'NumericLiteral' ? String(step.value) : unknown('a step')
    const name = nameOf(variable.name)
    const until = `_end_${variable.name}`
    return `for (let ${name} = lua.number(${this.#expression(start)}), ${until} = lua.number(${this.#expression(end)}); ${name} <= ${until}; ${name} += ${by}) { ${this.writeBody(body)} }`
  }

  #forEach({ variables, iterators, body }: luaparse.ForGenericStatement): string {
    const [iterator] = iterators
    const [, value] = variables
    if (iterator?.type !== 'CallExpression' || value === undefined || calleeOf(iterator) !== 'ipairs')
      return unknown('a loop over anything but ipairs')
    return `for (const ${nameOf(value.name)} of lua.list(${this.#valueAt(iterator.arguments, 0)})) { ${this.writeBody(body)} }`
  }

  #expression(node: luaparse.Expression): string {
    switch (node.type) {
      case 'Identifier':
        return nameOf(node.name)
      case 'StringLiteral':
        return JSON.stringify(node.value)
      case 'NumericLiteral':
        return String(node.value)
      case 'BooleanLiteral':
        return String(node.value)
      case 'NilLiteral':
        return 'undefined'
      case 'TableConstructorExpression':
        return `[${node.fields.map((field) => (field.type === 'TableValue' ? this.#expression(field.value) : unknown(field.type))).join(', ')}]`
      case 'IndexExpression':
        return `lua.at(${this.#expression(node.base)}, ${this.#expression(node.index)})`
      case 'UnaryExpression':
        return this.#unary(node)
      case 'BinaryExpression':
        return this.#binary(node)
      case 'LogicalExpression':
        return this.#logical(node)
      case 'CallExpression':
        return this.#isSeveral(node) ? `${this.#allOf(node)}[0]` : this.#call(node)
      default:
        return unknown(node.type)
    }
  }

  #condition(node: luaparse.Expression): string {
    if (node.type === 'LogicalExpression') {
      const operator = node.operator === 'and' ? '&&' : '||'
      return `(${this.#condition(node.left)} ${operator} ${this.#condition(node.right)})`
    }
    if (node.type === 'UnaryExpression' && node.operator === 'not')
      return `!${this.#condition(node.argument)}`
    const text = this.#expression(node)
    return isComparison(node) ? text : `lua.isTrue(${text})`
  }

  #unary({ operator, argument }: luaparse.UnaryExpression): string {
    const value = this.#expression(argument)
    if (operator === 'not') return `!${this.#condition(argument)}`
    if (operator === '-') return `(-lua.number(${value}))`
    return operator === '#' ? `lua.length(${value})` : unknown(operator)
  }

  #binary({ operator, left, right }: luaparse.BinaryExpression): string {
    const [one, other] = [this.#expression(left), this.#expression(right)]
    if (operator === '==') return `(${one} === ${other})`
    if (operator === '~=') return `(${one} !== ${other})`
    if (operator === '>') return `lua.less(${other}, ${one})`
    if (operator === '>=') return `lua.atMost(${other}, ${one})`
    const name = operators[operator]
    return name === undefined ? unknown(operator) : `lua.${name}(${one}, ${other})`
  }

  #logical({ operator, left, right }: luaparse.LogicalExpression): string {
    const [one, other] = [this.#expression(left), this.#expression(right)]
    return operator === 'and'
      ? `(lua.isTrue(_v = ${one}) ? ${other} : _v)`
      : `(lua.isTrue(_v = ${one}) ? _v : ${other})`
  }

  #call(node: luaparse.CallExpression): string {
    const name = calleeOf(node)
    if (name === 'redis.call') return `lua.call(_call, ${this.#commandOf(node.arguments).join(', ')})`
    const values = node.arguments.map((value) => this.#expression(value))
    if (name === 'string.match') return `lua.match(${this.#matchArguments(node)})?.[0]`
    const known = builtIns[name]
    return known === undefined
      ? `${nameOf(plainName(name))}(${values.join(', ')})`
      : `lua.${known}(${values.join(', ')})`
  }

  /** A command's last arguments may be a whole table of them. */
  #commandOf(values: luaparse.Expression[]): string[] {
    return values.map((value, at) => {
      const isTable =
        at === values.length - 1 && value.type === 'CallExpression' && calleeOf(value) === 'unpack'
      return isTable ? `...lua.list(${this.#valueAt(value.arguments, 0)})` : this.#expression(value)
    })
  }

  /** The call as a JavaScript array of all its values. */
  #allOf(node: luaparse.Expression): string {
    if (node.type !== 'CallExpression') return unknown(`several values of ${node.type}`)
    const name = calleeOf(node)
    if (name === 'string.match') return `(lua.match(${this.#matchArguments(node)}) ?? [])`
    return `${nameOf(plainName(name))}(${node.arguments.map((value) => this.#expression(value)).join(', ')})`
  }

  #matchArguments({ arguments: [text, pattern] }: luaparse.CallExpression): string {
    if (text === undefined || pattern?.type !== 'StringLiteral') return unknown('a pattern that is computed')
    return `${this.#expression(text)}, ${toPattern(pattern.value)}`
  }

  #isSeveral(node: luaparse.Expression | undefined): boolean {
    if (node?.type !== 'CallExpression') return false
    const name = calleeOf(node)
    const [, pattern] = node.arguments
    if (name === 'string.match' && pattern?.type === 'StringLiteral')
      return pattern.value.split('(').length > 2
    return this.#several.has(name)
  }
}

/** What the machine offers, by its name in Lua. */
const builtIns: Record<string, string> = {
  'math.floor': 'floor',
  'math.min': 'min',
  'math.max': 'max',
  'string.format': 'format',
  'table.concat': 'join',
  tonumber: 'toNumber',
}

function calleeOf({ base }: luaparse.CallExpression): string {
  if (base.type === 'Identifier') return base.name
  if (base.type === 'MemberExpression' && base.indexer === '.' && base.base.type === 'Identifier')
    return `${base.base.name}.${base.identifier.name}`
  return unknown(`a call of ${base.type}`)
}

function plainName(name: string): string {
  return /^\w+$/.test(name) ? name : unknown(name)
}

function isComparison(node: luaparse.Expression): boolean {
  return node.type === 'BinaryExpression' && ['==', '~=', '<', '<=', '>', '>='].includes(node.operator)
}

function findReturns(body: luaparse.Statement[]): luaparse.ReturnStatement[] {
  return body.flatMap((statement): luaparse.ReturnStatement[] => {
    if (statement.type === 'ReturnStatement') return [statement]
    if (statement.type === 'IfStatement')
      return statement.clauses.flatMap((clause) => findReturns(clause.body))
    if (statement.type === 'ForNumericStatement' || statement.type === 'ForGenericStatement')
      return findReturns(statement.body)
    return []
  })
}

function unknown(what: string): never {
  throw new Error(`the compiler of our Lua scripts does not know ${what}`)
}
