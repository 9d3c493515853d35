import '../theme/theme.css'

import { mount } from 'svelte'

import { confirmBridge } from '../state/bridge.ts'
import { Confirmation } from '../state/confirmation.svelte.ts'
import Confirm from './Confirm.svelte'

const confirmation = new Confirmation(confirmBridge())
confirmation.start()
mount(Confirm, { target: document.getElementById('app') ?? document.body, props: { confirmation } })
