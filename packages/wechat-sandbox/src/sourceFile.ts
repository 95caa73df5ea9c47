/**
 * A file of this package, which is read while it runs.
 *
 * @param path from the folder of the sources, which is that of the built files as well
 */
export const sourceFile = (path: string): URL => new URL(path, import.meta.url)
