/**
 * Trusted Types on the page of the map: Leaflet tries out `innerHTML` with this one string while it loads. Nothing else may be written
 * so; the page builds its own controls instead of Leaflet's.
 */
interface Factory {
  createPolicy(name: string, rules: { createHTML(html: string): string }): unknown;
}
const { trustedTypes } = window as { readonly trustedTypes?: Factory };
trustedTypes?.createPolicy('default', { createHTML: (html) => (html === '<svg/>' ? html : '') });
