/**
 * A JSON object with further members, each given as an SQL expression of type json.
 * Joined as text, because the type json has no such operator and jsonb would reorder the members.
 */
export const withMembers = (object: string, members: Record<string, string>): string => {
  const added = Object.entries(members).map(([name, sql]) => `',"${name}":' || coalesce((${sql})::text, 'null')`);
  return `(left((${object})::text, -1) || ${added.join(' || ')} || '}')::json`;
};
