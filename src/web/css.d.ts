/** Styles that a part loads with itself. */
declare module '*.css';
