export { changelogBetween } from './changelog.ts'
export { updateCommand } from './command.ts'
export { UpdateError } from './git.ts'
export { update, type Template, type Update } from './update.ts'
