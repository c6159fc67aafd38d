import { grantOperator, listOperators, revokeOperator } from '../accounts/index.ts'
import { withOwner } from '../platform/with-owner.ts'

export async function grant(email: string): Promise<void> {
  const { account, isNew } = await withOwner((deps) =>
    grantOperator(deps, { email, command: 'operator grant' }),
  )
  say(
    isNew
      ? `${account.email} (${account.name}) is an operator, and the console opens when they sign in anew`
      : `${account.email} is an operator already`,
  )
}

export async function revoke(email: string): Promise<void> {
  const { account, wasOperator, sessionsEnded } = await withOwner((deps) =>
    revokeOperator(deps, { email, command: 'operator revoke' }),
  )
  say(
    wasOperator
      ? `${account.email} (${account.name}) is a fan again; ${sessionsEnded} of their sessions ended`
      : `${account.email} is no operator`,
  )
}

export async function list(): Promise<void> {
  const operators = await withOwner(listOperators)
  say(operators.length === 0 ? 'no operators yet' : operators.map(describe).join('\n'))
}

const describe = ({ accountId, email, name }: { accountId: number; email: string; name: string }): string =>
  `${String(accountId).padStart(8)}  ${email}  (${name})`

const say = (text: string): void => void process.stdout.write(`${text}\n`)
