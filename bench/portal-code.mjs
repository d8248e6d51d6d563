/** What the bench takes from the portal's own code: the statements behind its lists, and cursors without the walk. */
import { withClient } from './databases.mjs';
import { built, project } from './paths.mjs';
import { SECRET_KEY } from './processes.mjs';

await import(built('src/app.module.js'));
const { resourceOf } = await import(built('src/resource/spec.js'));
const { parseListQuery, queryIdentity } = await import(built('src/resource/list-query.js'));
const { isNarrowed, listStatement, positionsStatement } = await import(built('src/resource/list-statement.js'));
const { readContext, scopeOf } = await import(built('src/resource/scope.js'));
const { derivedKey } = await import(built('src/infra/config/derived-key.js'));
const { WordSearches } = await import(built('src/resource/search/word-search.js'));
const { rankStatement } = await import(built('src/platform/search/ranked-entries.js'));
const { searchGlossary } = await import(built('src/platform/search/search-terms.js'));
const { Cursors } = await import(built('src/resource/cursor.js'));

const spec = resourceOf('lead');
const scope = scopeOf({ kind: 'anonymous' });
const read = readContext(scope, 'ru');

/**
 * The statement by which `GET /leads?lang=ru` finds the records of a page for everybody.
 * @param parameters `[name, value]` pairs of the query besides `lang`
 * @param after position behind which the page begins; none for page 1
 */
export const listOf = (parameters, after) => {
  const query = parseListQuery(spec, new Map(parameters));
  return (isNarrowed(query) ? positionsStatement : listStatement)(spec, query, read, scope, after);
};

/**
 * The page that follows `count` leads in the default order, found without walking there.
 * @returns the position behind which it begins, the cursor that says so, and the id of its first lead
 */
export async function pageAfter(databaseUrl, count) {
  const { text, values } = listOf([]);
  const all = text.replace(/limit \d+$/, '');
  const { rows } = await withClient(databaseUrl, async (client) => {
    await client.query("set timezone = 'UTC'");
    return client.query(`select key, id from (${all}) page(json, key, id) offset ${count - 1} limit 2`, values);
  });
  const [position, first] = rows;
  const identity = queryIdentity(spec, parseListQuery(spec, new Map()), `${read.scopeKey}/`);
  return {
    position,
    cursor: new Cursors(derivedKey(SECRET_KEY, 'cursors')).seal(position, identity),
    firstId: first.id,
  };
}

const glossary = searchGlossary(project);
const searches = new WordSearches(undefined, () => glossary);

/** The statement by which everybody's search finds the records of one rank: `title` or `content`. */
export const searchOf = (q, rank) => rankStatement(rank, { q, words: searches.words(q), scope, among: [], rows: 21 });
