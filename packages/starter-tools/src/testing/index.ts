export { buildRelease, type ReleaseOptions } from '../release/release.ts'
export { startNginx, type Nginx } from './nginx.ts'
export { startBuiltApp, type BuiltApp, type BuiltAppOptions } from './builtApp.ts'
export { copyProject, startDev, type DevOptions, type RunningDev } from './runningDev.ts'
