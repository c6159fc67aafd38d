import { Command } from 'commander'
import { sayAs, toCountFrom } from '../machine/command-line.ts'
import { withServers } from '../machine/with-servers.ts'
import { runExports } from './run-exports.ts'

const mebibyte = 2 ** 20
/** More than a file's buffers come to, and a hundredth of what it would be in memory as rows. */
const mostGrowthBytes = 64 * mebibyte

const say = sayAs('exports')
const { rows }: { rows: number } = new Command('exports')
  .description('a large file of a sale, and the memory that writing it takes')
  .option('--rows <n>', 'reservations in it', toCountFrom(1_000), 1_000_000)
  .parse()
  .opts()

await withServers(async (servers) => {
  const found = await runExports(servers, { rows, say })
  for (const [at, { name, seconds, lines, bytes, growthBytes }] of found.entries()) {
    process.stdout.write(
      `${name}: ${lines} lines, ${Math.round(bytes / mebibyte)} MiB in ${seconds.toFixed(1)} s; the api grew by ${Math.round(growthBytes / mebibyte)} MiB\n`,
    )
    // the header and the end of the last line
    const isTooMuch = at > 0 && growthBytes > mostGrowthBytes
    if (lines !== rows + 2 || isTooMuch) process.exitCode = 1
  }
})
