// FULL_SIZE=1: as many people, processes and accidents as the guide speaks of. Every check runs a small share of them.
export const FULL_SIZE = process.env['FULL_SIZE'] === '1'
/** Numbers of the processes that work on one database. */
export const PROCESSES = FULL_SIZE ? [0, 1, 2, 3] : [0, 1]
