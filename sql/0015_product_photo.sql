-- The id of an item's photo at the source: a photo that was replaced under the same name is told by it (wire/04 §4).
alter table product add column image_id text;
