import { dirname, join, relative, resolve } from 'node:path'
import { rolldown } from 'rolldown'

// A driver asks for these when they are there, and does without.
const OPTIONAL = [
  '@node-rs/xxhash', // @redis/client
  'pg-native', // pg
  ...['@aws-sdk/credential-providers', '@mongodb-js/zstd', 'gcp-metadata', 'kerberos'], // mongodb
  ...['mongodb-client-encryption', 'snappy', 'socks'],
]

/**
 * Makes the server JavaScript, with all packages that it uses in it. What it imports with `import()`, such as the driver
 * of a store, becomes a file of its own, which is read when it is asked for.
 *
 * @param entries the first files, by the names that they get
 * @param project its folder: traces name files as if they lay so in the release
 * @param to a folder in that of the release
 * @throws {Error} something that is imported is not there
 */
export async function bundleServer(
  entries: Record<string, string>,
  project: string,
  to: string,
): Promise<void> {
  const missing: string[] = []
  const bundle = await rolldown({
    input: entries,
    platform: 'node',
    external: (name) => OPTIONAL.includes(name),
    onLog(level, log) {
      // Also what a package requires in a "try": a release on which something works only by chance is none.
      if (log.code === 'UNRESOLVED_IMPORT') missing.push(log.message)
      else if (level === 'warn') console.warn(log.message)
    },
  })
  await bundle.write({
    dir: to,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name]-[hash].js',
    sourcemap: true,
    // Traces name file and line. The code itself would double the release.
    sourcemapExcludeSources: true,
    sourcemapPathTransform(source, map) {
      const place = relative(project, resolve(dirname(map), source))
      return join(relative(dirname(map), dirname(to)), place).replaceAll('\\', '/')
    },
    comments: { legal: true, annotation: false, jsdoc: false },
  })
  await bundle.close()
  if (missing.length > 0) throw new Error(missing.join('\n'))
}

/** The first file of the server in a project. */
export const serverOf = (project: string): string => join(project, 'apps/server/src/main.ts')
