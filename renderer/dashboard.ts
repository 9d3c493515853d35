import './theme/theme.css'

import { mount } from 'svelte'

import App from './App.svelte'
import { AppState } from './state/app-state.svelte.ts'
import { dashboardBridge } from './state/bridge.ts'

const state = new AppState(dashboardBridge())
// The page dies with its window: its undo is never needed.
state.start()
mount(App, { target: document.getElementById('app') ?? document.body, props: { state } })
