// `tsc --noEmit` for a package among others. What it imports from its neighbours is their source, and tsc would check
// that once more in every package that needs it. Here a package answers for its own files, as each neighbour does.
import { resolve } from 'node:path'
import ts from 'typescript'

/**
 * What is wrong with the types of the files that a folder's tsconfig.json, or another one there, takes in; '' for
 * nothing.
 *
 * @throws when there is no such file, or nobody can read it
 */
export function typeErrors(folder: string, name = 'tsconfig.json'): string {
  const { fileNames, options, errors } = readConfig(resolve(folder, name))
  const program = ts.createProgram(fileNames, options)
  const found = [...errors, ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()]
  for (const name of fileNames) {
    const file = program.getSourceFile(name)
    found.push(...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file))
  }
  return ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(found), {
    getCurrentDirectory: () => folder,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  })
}

function readConfig(path: string): ts.ParsedCommandLine {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic({ messageText }: ts.Diagnostic): never {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'))
    },
  }
  const config = ts.getParsedCommandLineOfConfigFile(path, { noEmit: true }, host)
  if (config === undefined) throw new Error(`No ${path}`)
  return config
}

if (import.meta.main) {
  const [folder = '.', name] = process.argv.slice(2)
  const errors = typeErrors(resolve(folder), name)
  process.stdout.write(errors)
  process.exitCode = errors === '' ? 0 : 1
}
