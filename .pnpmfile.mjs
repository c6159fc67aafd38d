/**
 * What is read of a dependency's manifest when it is resolved. Of the page that shows our REST document the api sends one script, which has
 * everything in it: what that script was made from is 280 MB in 200 packages, and the parser of TypeScript that valibot may be used with 30 more.
 */
function readPackage(manifest) {
  if (manifest.name === '@scalar/api-reference') return { ...manifest, dependencies: {} }
  if (manifest.name === 'valibot') return { ...manifest, peerDependencies: {}, peerDependenciesMeta: {} }
  return manifest
}

export const hooks = { readPackage }
