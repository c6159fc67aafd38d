import { type Mutant, mutantsOf } from './mutant.ts'

const tests = 'address-sockets.test.ts'
const counted = 'an address has so many sockets at a time, and room again when one closes, once'

const gateway = 'apps/gateway/src'
const atGateway = {
  file: `${gateway}/handshake.int.test.ts`,
  name: 'has a bounded number of sockets, whoever they are of, and a flood is not even told why',
}

const api = 'apps/api/src/trpc-websocket.ts'
const atApi = {
  file: 'apps/api/src/trpc-websocket.int.test.ts',
  name: 'has a bounded number of sockets, is told so in the form of every refusal, and has room again when one closes',
}

const addresses = 'packages/core/src/platform/caller-address.ts'
const addressTests = 'packages/core/src/platform/caller-address.test.ts'

/** So many sockets of one address, at each gateway and api; and whose word about an address counts. */
export const addressSocketMutants: Mutant[] = mutantsOf('packages/core/src/call-rates', [
  {
    name: 'address-sockets-are-bounded',
    guard: 'who comes to the api from one address opens sockets without end, with accounts that cost nothing',
    file: 'address-sockets.ts',
    without: {
      'countsOf(address).some((each) => countOf(each.key) >= each.most) ? tooManySockets() : undefined':
        'undefined',
    },
    test: { file: tests, name: counted },
  },
  {
    name: 'address-sockets-beyond-are-known',
    guard: 'a socket that came beyond what its address may have is one of its own',
    file: 'address-sockets.ts',
    without: { 'isWithin: counts.every((each) => countOf(each.key) <= each.most)': 'isWithin: true' },
    test: { file: tests, name: counted },
  },
  {
    name: 'address-socket-leaves-once',
    guard: 'a socket that closes twice makes room for two',
    file: 'address-sockets.ts',
    without: { 'if (hasLeft) return': '' },
    test: { file: tests, name: counted },
  },
  {
    name: 'address-socket-makes-room',
    guard: 'a household whose tabs came and went is shut out for ever',
    file: 'address-sockets.ts',
    without: { 'const left = countOf(key) - 1': 'const left = countOf(key)' },
    test: { file: tests, name: counted },
  },
  {
    name: 'address-sockets-of-a-network',
    guard: 'a phone has a new IPv6 address for each socket',
    file: 'address-sockets.ts',
    without: { 'const ofAddress = { key: from.group, most }': 'const ofAddress = { key: address, most }' },
    test: {
      file: tests,
      name: 'all addresses of an IPv6 network are one, an IPv4 address is itself however written, this machine is none',
    },
  },
  {
    name: 'address-sockets-of-a-household',
    guard: 'a household that was given 65,536 networks has sockets for each',
    file: 'address-sockets.ts',
    without: { ': [ofAddress, { key: from.network, most: most * networkShare }]': ': [ofAddress]' },
    test: { file: tests, name: 'a network of 48 bits has four times as many, however many addresses it has' },
  },
  {
    name: 'own-addresses-are-counted',
    guard: 'a proxy on the machine that nobody named makes everybody nobody',
    file: 'counted-address.ts',
    without: { '(isOwn && !countsOwnAddresses)': 'isOwn' },
    test: {
      file: tests,
      name: 'in production this machine has as many as any address: who comes from it is a proxy that nobody named',
    },
  },
  {
    name: 'sign-ups-of-an-address',
    guard: 'who sends the session of each new account along makes accounts without end',
    file: 'rate-class.ts',
    without: {
      'signUp: { perAccount: 10, perAddress: 120, isAddressToo: true }':
        'signUp: { perAccount: 10, perAddress: 120, isAddressToo: false }',
    },
    test: {
      file: 'require-rate.int.test.ts',
      name: 'who makes accounts makes no more at one address by sending each one’s session along',
    },
  },
  {
    name: 'address-flood-is-known',
    guard: 'each socket of a flood is taken, to be told why it is not',
    file: 'address-sockets.ts',
    without: { 'countsOf(address).some((each) => countOf(each.key) >= each.most * 1.1)': 'false' },
    test: { file: tests, name: 'only who goes on beyond a tenth more floods' },
  },
  {
    name: 'gateway-asks-the-address',
    guard: 'a gateway counts the sockets of an address, and lets all of them in',
    file: `${gateway}/authenticate.ts`,
    without: { 'if (!addresses.isWithin(socket.conn)) return tooManySockets()': '' },
    test: atGateway,
  },
  {
    name: 'gateway-hangs-up-on-a-flood',
    guard: 'a gateway begins Socket.IO with each connection of a flood',
    file: `${gateway}/start-gateway.ts`,
    without: { 'addresses.hasRoom(request)': 'true' },
    test: atGateway,
  },
  {
    name: 'gateway-gives-the-place-back',
    guard: 'an address that used its sockets up at a gateway gets none again until it restarts',
    file: `${gateway}/count-addresses.ts`,
    without: { "connection.once('close', leave)": 'void leave' },
    test: { file: atGateway.file, name: 'gets its place back when a socket closes' },
  },
  {
    name: 'api-asks-the-address',
    guard: 'one address has all sockets of an api',
    file: api,
    without: { 'const refusal = ofAddresses.refusalOf(address)': 'const refusal: undefined = undefined' },
    test: atApi,
  },
  {
    name: 'api-gives-the-place-back',
    guard: 'an address that used its sockets up at an api gets none again until it restarts',
    file: api,
    without: { "client.once('close', ofAddresses.enter(address).leave)": 'ofAddresses.enter(address)' },
    test: atApi,
  },
  {
    name: 'address-is-not-the-callers-word',
    guard: 'whoever makes up an address is believed while no proxy is named',
    file: addresses,
    without: { 'if (trusted === false) return false': 'if (trusted === false) return () => true' },
    test: { file: addressTests, name: 'is the peer’s, whatever it says, while nobody is trusted' },
  },
  {
    name: 'address-is-the-last-proxys-word',
    guard: 'what a caller wrote before the proxy is taken for the word of one more proxy',
    file: addresses,
    without: { 'hop < trusted': 'hop <= trusted' },
    test: {
      file: addressTests,
      name: 'is what the trusted proxy was spoken to by, not what the caller wrote before that',
    },
  },
])
