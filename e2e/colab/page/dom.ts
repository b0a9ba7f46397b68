/** An element with attributes and children. */
export const make = (
  tag: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElement => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** An element whose inside is an open shadow tree, as Colab's own elements are. */
export const makeShadowed = (
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...inside: readonly (Node | string)[]
): HTMLElement => {
  const element = make(tag, attributes);
  element.attachShadow({ mode: 'open' }).append(...inside);
  return element;
};

/** Gives an element exactly these classes beside the ones it always has. */
export const setClasses = (element: Element, classes: Readonly<Record<string, boolean>>): void => {
  for (const [name, on] of Object.entries(classes)) element.classList.toggle(name, on);
};
