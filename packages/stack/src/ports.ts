import { createServer } from 'node:net'

import getPort, { portNumbers } from 'get-port'

import { isErrno } from './process-identity.ts'

/**
 * A free port on loopback, below those that systems give to outgoing connections (32768 and up on Linux): there any client's
 * connection might take it before it is used, or while a server that was killed comes back to it. Another server may
 * still take it in between: check who answers.
 */
export async function pickPort(): Promise<number> {
  const first = 10_000 + Math.floor(Math.random() * 20_000)
  return await getPort({ host: '127.0.0.1', port: portNumbers(first, first + 999) })
}

/** Could a server of ours listen there, on every address? */
export async function isPortFree(port: number): Promise<boolean> {
  // Loopback on its own as well: some systems let a wildcard listener in beside a loopback one.
  for (const host of ['127.0.0.1', '::', '0.0.0.0']) {
    if (!(await canListen(port, host))) return false
  }
  return true
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      if (isErrno(error, 'EADDRINUSE')) resolve(false)
      // No IPv6 here: nobody can be listening there either.
      else if (isErrno(error, 'EAFNOSUPPORT') || isErrno(error, 'EADDRNOTAVAIL')) resolve(true)
      else reject(error)
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
