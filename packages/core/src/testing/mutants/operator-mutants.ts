import { guardsOfTables } from './guards-of-tables.ts'
import { mutantsOf } from './mutant.ts'

const operators = 'operators.int.test.ts'

/** Who becomes an operator and who is one no more, and what the audit says of it. */
export const operatorMutants = [
  ...mutantsOf('packages/core/src/accounts', [
    {
      name: 'revoked-operator-is-signed-out',
      guard: 'an operator who was revoked goes on for as long as their session does',
      file: 'revoke-operator.ts',
      without: { 'await revokeOtherSessions(tx, { accountId, sessionId: noSession })': '[]' },
      test: {
        file: operators,
        name: 'whoever is revoked has no session left in any process, and signs in as a fan; others go on',
      },
    },
    {
      name: 'last-operator-stays',
      guard: 'nobody is left who can pause a sale',
      file: 'revoke-operator.ts',
      without: { 'if (operators.length === 1) throw lastOperator(account.email)': '' },
      test: { file: operators, name: 'the last operator stays one' },
    },
    {
      name: 'operators-are-revoked-in-turns',
      guard: 'two operators who are revoked at once each think that the other stays',
      file: 'operators-store.ts',
      without: { 'order by id for update': 'order by id' },
      test: { file: operators, name: 'of two operators who are revoked at once one stays' },
    },
    {
      name: 'sign-in-asks-the-role-last',
      guard: 'a sign-in that meets its revocation gets a session of an operator that outlives it',
      file: 'sign-in.ts',
      without: { '{ ...found.account, role: session.role }': 'found.account' },
      test: {
        file: operators,
        name: 'whoever signs in while they are revoked gets no session of an operator',
      },
    },
  ]),
  ...guardsOfTables('0025-commands-in-the-audit.sql', [
    {
      name: 'audit-has-one-actor',
      guard: 'the audit says of a deed that nobody did it, or two',
      table: 'audit_entries',
      constraint: 'audit_entry_has_one_actor',
      written: 'check (num_nonnulls(actor_id, command) = 1)',
      test: 'a deed was done by an account or by a command',
    },
  ]),
]
