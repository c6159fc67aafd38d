export { openWallet } from './open-wallet.ts'
