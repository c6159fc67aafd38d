export { createLoadWindow, type LoadWindow } from './load-window.ts'
export { readLoad } from './read-load.ts'
export { startLoadReports } from './report-load.ts'
