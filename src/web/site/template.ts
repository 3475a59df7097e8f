/**
 * Puts values into a page, each `{{name}}` escaped for text and quoted attributes.
 * @throws Error for a name without a value: a page with a hole is a bug.
 */
export function fill(template: string, values: { readonly [name: string]: string }): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`page template: no value for ${name}`);
    return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  });
}
