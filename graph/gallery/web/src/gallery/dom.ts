// element returns a new element. Strings among its children are text, never markup.
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// setMessage replaces the content of an element by a message, and each placeholder of the message by the child with its
// name. No part of the message is markup.
export function setMessage(node: Element, message: string, children: Record<string, Node>): void {
  const parts = message.split(/\{(\w+)\}/); // texts and names in turn
  node.replaceChildren(...parts.map((part, i) => (i % 2 === 0 ? part : (children[part] ?? `{${part}}`))));
}

// byId returns the page's element with an id.
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const node = document.getElementById(id);
  if (!(node instanceof type)) throw new Error(`the page has no element #${id}`);
  return node;
}
