import pg from 'pg'
import { sqlState } from './database.ts'

/** What it is a member of: see migrations/0006-app-role.sql. */
const appRole = 'greenroom_app'

/** A wrong password, and what may not log in or is not there. */
const shutDoor = ['28P01', '28000']

/**
 * The login that api, gateway and worker connect as: it may do what the app's role may, and owns nothing. Makes it where it is
 * missing, with the password of `appUrl`; one that can log in already is left as it is, so a repeat changes nothing, and a new
 * password takes with the next migration. `ownerUrl` is the owner of the tables.
 * Refuses with one sentence when both are the same login, or when this one has any right beyond the app's role.
 */
export async function makeAppLogin(urls: { ownerUrl: string; appUrl: string }): Promise<void> {
  const client = new pg.Client({ connectionString: urls.ownerUrl })
  await client.connect()
  try {
    await makeLogin(client, urls.appUrl)
  } finally {
    await client.end()
  }
}

async function makeLogin(owner: pg.Client, appUrl: string): Promise<void> {
  const { user: login = '', password } = new pg.Client(appUrl)
  if (login === owner.user)
    throw new Error(
      `DATABASE_URL and DATABASE_OWNER_URL both log in as ${login}: the processes need a login of their own, which owns no table`,
    )
  if (!(await canLogIn(appUrl))) await letIn(owner, login, password)
  await forbidTemporaryTables(owner)
  const rights = await rightsBeyond(owner, login)
  if (rights.length > 0)
    throw new Error(
      `DATABASE_URL logs in as ${login}, which may do more than the processes need: ${rights.join(', ')}`,
    )
}

async function canLogIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return true
  } catch (error) {
    if (shutDoor.includes(sqlState(error) ?? '')) return false
    throw error
  } finally {
    await client.end()
  }
}

async function letIn(owner: pg.Client, login: string, password: string | null | undefined): Promise<void> {
  const name = pg.escapeIdentifier(login)
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [login])
  if (rowCount === 0) await owner.query(`create role ${name}`)
  if (login !== appRole) await owner.query(`grant ${appRole} to ${name}`)
  await owner.query(`alter role ${name} login${password ? ` password ${pg.escapeLiteral(password)}` : ''}`)
}

/** One of a table's name would be read in its place, by whoever gets that connection next. Said of a database, not in it: a copy has it anew. */
async function forbidTemporaryTables(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ text: string }>(
    `select format('revoke temporary on database %I from public', current_database()) as text`,
  )
  for (const { text } of rows) await owner.query(text)
}

/** What a login has that the app's role has not: attributes, other roles, things of its own in any database. */
async function rightsBeyond(owner: pg.Client, login: string): Promise<string[]> {
  const { rows } = await owner.query<{ says: string }>(
    `select each.says from pg_roles r
     cross join lateral (
       select * from (values
         (r.rolsuper, 'superuser'), (r.rolcreaterole, 'createrole'), (r.rolcreatedb, 'createdb'),
         (r.rolreplication, 'replication'), (r.rolbypassrls, 'bypassrls')) as attributes (has, says) where has
       union all
       select true, 'member of ' || g.rolname from pg_auth_members m join pg_roles g on g.oid = m.roleid
         where m.member = r.oid and g.rolname <> $2
       union all
       select true, 'owner of ' || count(*) || ' objects' from pg_shdepend d
         where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o' having count(*) > 0
     ) as each
     where r.rolname = $1 order by each.says`,
    [login, appRole],
  )
  return rows.map(({ says }) => says)
}
