import { render } from 'solid-js/web'
import { App } from './App.tsx'
import './ui/theme.css'
import './ui/base.css'

const place = document.getElementById('app')
if (place) render(() => <App />, place)
