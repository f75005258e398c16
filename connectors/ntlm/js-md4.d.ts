/** What is used of it; the package has no types. */
declare module 'js-md4' {
  const md4: { readonly array: (message: Uint8Array) => number[] };
  export default md4;
}
