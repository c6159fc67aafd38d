import { randomBytes } from 'node:crypto'
import { request } from 'node:http'

/** The status with which a server answers a WebSocket handshake with these headers: 101 when it agrees. */
export async function tryUpgrade(url: string, headers: Record<string, string>): Promise<number> {
  return await new Promise((resolve, reject) => {
    const attempt = request(url, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        ...headers,
      },
    })
    attempt.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode ?? 0)
    })
    attempt.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    attempt.on('error', reject)
    attempt.end()
  })
}
