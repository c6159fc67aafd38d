import './line.css'
import '../design/theme.ts'
import { createRoot } from 'react-dom/client'
import { LineApp } from './line-app.tsx'
import { readConcertId } from './line-address.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('line.html has no #root')
createRoot(root).render(<LineApp concertId={readConcertId(location.pathname)} />)
