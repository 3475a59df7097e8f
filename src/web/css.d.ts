/** Styles that a part loads with itself. */
declare module '*.css';
/** Styles as text. */
declare module '*.css?inline' {
  const css: string;
  export default css;
}
