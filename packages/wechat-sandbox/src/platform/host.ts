import { z } from 'zod'

/** A host as the console takes it: without a scheme, with a port or a path where one counts. */
export const host = z
  .string()
  .regex(/^[a-z0-9.-]+(:\d{1,5})?(\/[\w./-]*)?$/i, 'a host such as h5.example.com, without http://')
