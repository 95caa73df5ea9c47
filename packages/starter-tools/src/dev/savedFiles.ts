// Tells of saved files, however they are saved: written in place, put in the place of the old one, or made anew
// together with their folder.
import { existsSync, statSync, watch, type FSWatcher } from 'node:fs'
import { dirname, join, sep } from 'node:path'

export interface SavedFiles {
  /** Takes in one more file, which may be there or not; `since` is when it can have been read first, as of Date.now(). */
  add(file: string, since: number): void
  /** Looks afresh at where the files are: a folder that went and came back is another one. */
  lookAgain(): void
  close(): void
}

/**
 * Folders are watched and not files: whoever watches a file hears nothing more once another one has taken its place,
 * which is how many editors save.
 *
 * @param onSave is given the file that was saved, at once and maybe several times
 */
export function savedFiles(onSave: (file: string) => void): SavedFiles {
  const files = new Set<string>()
  const watchers = new Map<string, FSWatcher>()

  function watchFolderOf(file: string): void {
    let folder = dirname(file)
    while (!existsSync(folder)) folder = dirname(folder)
    if (watchers.has(folder)) return
    try {
      const watcher = watch(folder, (_event, name) => hear(folder, name))
      watcher.on('error', () => undefined) // Windows says so where a folder is deleted
      watchers.set(folder, watcher)
    } catch (error) {
      if (existsSync(folder)) throw error
      watchFolderOf(file) // deleted since
    }
  }

  function hear(folder: string, name: string | null): void {
    const path = join(folder, name ?? '')
    if (files.has(path)) return onSave(path)
    // A folder on the way to one of the files: it has come, or is gone. Some systems give no name.
    for (const file of files) if (file.startsWith(path + sep)) return onSave(file)
  }

  return {
    add(file, since) {
      if (files.has(file)) return
      files.add(file)
      watchFolderOf(file)
      // Saved after it was read, and before it was known here.
      const { mtimeMs = 0, ctimeMs = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {}
      if (Math.max(mtimeMs, ctimeMs) > since) onSave(file)
    },
    lookAgain() {
      close()
      for (const file of files) watchFolderOf(file)
    },
    close,
  }

  function close(): void {
    for (const watcher of watchers.values()) watcher.close()
    watchers.clear()
  }
}
