/** Writes the icon that the packager takes. It is kept in the tree, because the packager looks for it there. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { packageIconSize, renderAppIcon } from './icons.ts'

writeFileSync(path.join(import.meta.dirname, 'icon.png'), renderAppIcon(packageIconSize))
