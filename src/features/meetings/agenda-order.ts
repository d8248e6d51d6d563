/**
 * Sort expression that lists agenda items as a tree is read: an item, the items below it, the next item.
 * Each item is sorted by the way from the top of the agenda to it. Items that were made each other's parents
 * stand somewhere, but they do stand.
 */
export const treeOrder = (item: string): string => `(with recursive way(id, parent_id, steps) as (
    select ${item}.id, ${item}.parent_id, array[${step(item)}]
    union all
    select upper_one.id, upper_one.parent_id, ${step('upper_one')} || way.steps
    from way join agenda_item upper_one on upper_one.id = way.parent_id
  ) cycle id set repeated using passed
  select way.steps from way where not way.repeated order by cardinality(way.steps) desc limit 1), ${item}.id`;

/** Place among the items of the same parent as text that sorts; the id parts items of the same place. */
const step = (item: string): string => `(lpad(${item}.position::text, 10, '0') || ${item}.id::text) collate "C"`;
