/** A module of the build, for what only exists compiled (migrations) or must be what `npm start` runs. */
export const built = <Module>(path: string): Promise<Module> =>
  import(new URL(`../../dist/src/${path}`, import.meta.url).href);
