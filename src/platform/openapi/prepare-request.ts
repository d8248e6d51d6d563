/** What Swagger UI hands to an interceptor. */
type UiRequest = { url: string; headers: Record<string, string> };

/** The part of the browser that the interceptor reads: this code runs in the page, not in the portal. */
declare const document: { documentElement: { lang: string } };

/**
 * Asks in the language of the page unless the reader has said otherwise. swagger-ui-express writes the function
 * into the page as text, so it uses nothing from outside itself.
 */
export function prepareRequest(request: UiRequest): UiRequest {
  const statesLanguage =
    /[?&]lang=/.test(request.url) || Object.keys(request.headers).some((name) => /^accept-language$/i.test(name));
  if (!statesLanguage) request.headers['Accept-Language'] = document.documentElement.lang;
  return request;
}
