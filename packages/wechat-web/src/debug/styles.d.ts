// The bundler of the page takes styles from here.
declare module '*.css'
