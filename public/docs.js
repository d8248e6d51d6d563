/**
 * What the documentation pages add to Swagger UI. It is loaded after Swagger UI and before the page builds it.
 */
(() => {
  const build = globalThis.SwaggerUIBundle;

  /** Asks in the language of the page unless the reader has said otherwise. */
  const requestInterceptor = (request) => {
    const statesLanguage =
      /[?&]lang=/.test(request.url) || Object.keys(request.headers).some((name) => /^accept-language$/i.test(name));
    if (!statesLanguage) request.headers['Accept-Language'] = document.documentElement.lang;
    return request;
  };

  const at = (value, path) => path.reduce((inner, name) => inner?.[name], value);

  /** `allOf` says that an object has the members of several; readers want to see one list. */
  const merged = ({ allOf, ...schema }) => {
    if (!Array.isArray(allOf)) return schema;
    const properties = Object.assign({}, ...allOf.map((part) => part.properties));
    const required = allOf.flatMap((part) => part.required ?? []);
    return { type: 'object', ...schema, properties, required };
  };

  /** A part of the document with its references filled in; one that leads back to itself stays a reference. */
  const resolved = (spec, value, within = []) => {
    if (Array.isArray(value)) return value.map((item) => resolved(spec, item, within));
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...rest } = value;
    const members = Object.entries(rest).map(([name, inner]) => [name, resolved(spec, inner, within)]);
    const own = merged(Object.fromEntries(members));
    if (typeof $ref !== 'string') return own;
    if (within.includes($ref)) return value;
    return { ...resolved(spec, at(spec, $ref.slice(2).split('/')), [...within, $ref]), ...own, $$ref: $ref };
  };

  /**
   * Our documents refer to nothing but their own components. Filling those in takes milliseconds; Swagger UI's
   * resolver, made for references to anywhere, takes seconds for documents of this size.
   */
  const ownReferences = () => ({
    fn: { resolveSubtree: async (spec, path) => ({ spec: resolved(spec, at(spec, path)) ?? null, errors: [] }) },
  });

  globalThis.SwaggerUIBundle = Object.assign(
    (options) => build({ ...options, requestInterceptor, plugins: [...options.plugins, ownReferences] }),
    build,
  );

  /*
   * Swagger UI speaks English only. Its own words are put into the language of the page: what it has written is
   * looked up as a whole, and what is not known stays as it is. Texts of the API are left alone.
   */
  const { exact, patterns } = JSON.parse(document.getElementById('chrome-texts').textContent);
  const words = new Map(exact);
  const forms = patterns.map(([pattern, text]) => [new RegExp(pattern), text]);
  const ATTRIBUTES = ['title', 'aria-label', 'placeholder'];

  /** Content of the API and what the reader types. */
  const CONTENT = [
    '.markdown',
    // Swagger UI writes the values that a parameter takes as Markdown too.
    '.renderedMarkdown:not(.parameter__enum):not(.parameter__default)',
    'pre',
    'code',
    'textarea',
    'option',
    '.opblock-summary-path',
    'div.parameter__name',
    '.json-schema-2020-12__title',
    'header.portal',
  ].join();

  const translate = (text) => {
    const known = words.get(text);
    if (known !== undefined) return known;
    const [pattern, form] = forms.find(([candidate]) => candidate.test(text)) ?? [];
    if (!pattern) return undefined;
    const values = pattern.exec(text).slice(1);
    return form.replace(/\$(\d)/g, (_, n) => translate(values[n - 1]) ?? values[n - 1]);
  };

  const translateText = (node) => {
    const text = node.nodeValue.trim();
    const translated = text === '' || node.parentElement?.closest(CONTENT) ? undefined : translate(text);
    if (translated !== undefined) node.nodeValue = node.nodeValue.replace(text, () => translated);
  };

  const translateAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const translated = translate(element.getAttribute(name) ?? '');
      if (translated !== undefined) element.setAttribute(name, translated);
    }
  };

  const translateBelow = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else if (node.nodeType === Node.ELEMENT_NODE) translateAttributes(node);
    }
  };

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'characterData') translateText(target);
      else if (type === 'attributes') translateAttributes(target);
      else addedNodes.forEach(translateBelow);
    }
  }).observe(document.getElementById('swagger-ui'), {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ATTRIBUTES,
  });

  /** The other language opens at the place where the reader is. */
  for (const link of document.querySelectorAll('nav.languages a')) {
    link.addEventListener('click', () => {
      link.hash = location.hash;
    });
  }
})();
