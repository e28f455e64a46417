create table "clinic"."answers" (
  "id" varchar primary key,
  "sites" varchar,
  "signs" varchar,
  "numb_since" varchar,
  "severity" decimal(18,6),
  "age" decimal(18,6),
  "cancer_history" varchar,
  "kind" varchar,
  "words" varchar,
  "calcium" decimal(18,6)
);

comment on table "clinic"."answers" is 'Answers to small 1.0.0, a row for each person';
comment on column "clinic"."answers"."sites" is 'Where does it hurt? With spaces between them: neck, low_back, left_leg, nowhere';
comment on column "clinic"."answers"."signs" is 'Signs With spaces between them: numb, weak, none, unsure';
comment on column "clinic"."answers"."numb_since" is 'Since when? One of: long, weeks, new, unsure';
comment on column "clinic"."answers"."severity" is 'How bad is it? From 0 to 10';
comment on column "clinic"."answers"."age" is 'How old are you? From 1 to 120 years';
comment on column "clinic"."answers"."cancer_history" is 'Have you ever had cancer? One of: no, yes, unsure';
comment on column "clinic"."answers"."kind" is 'Of which kind? One of: solid, blood, other';
comment on column "clinic"."answers"."words" is 'Anything else?';
comment on column "clinic"."answers"."calcium" is 'Calcium From 1 to 6 mmol/L';

-- 1. Answer sheets, one JSON object a line, as `redflag assess` takes them. Rows are numbered from 1.
create or replace temporary table sheets as
select row_number() over () as row_number, json as sheet from read_ndjson_objects('answers.jsonl');
insert into "clinic"."answers" (
  "id",
  "sites",
  "signs",
  "numb_since",
  "severity",
  "age",
  "cancer_history",
  "kind",
  "words",
  "calcium"
)
select
  cast(sheets.row_number as varchar),
  case json_type(sheet -> '$.sites') when 'ARRAY' then array_to_string(sheet ->> '$.sites[*]', ' ') else sheet ->> '$.sites' end,
  case json_type(sheet -> '$.signs') when 'ARRAY' then array_to_string(sheet ->> '$.signs[*]', ' ') else sheet ->> '$.signs' end,
  sheet ->> '$.numb_since',
  try_cast(sheet ->> '$.severity' as decimal(18,6)),
  try_cast(sheet ->> '$.age' as decimal(18,6)),
  sheet ->> '$.cancer_history',
  sheet ->> '$.kind',
  sheet ->> '$.words',
  try_cast(sheet ->> '$.calcium' as decimal(18,6))
from sheets;

-- 2. An export of ODK (CSV without groups in the names) in a table `odk`: `sign` is `first second`.
insert into "clinic"."answers" (
  "id",
  "sites",
  "signs",
  "numb_since",
  "severity",
  "age",
  "cancer_history",
  "kind",
  "words",
  "calcium"
)
select
  cast("KEY" as varchar),
  nullif(trim(cast("sites" as varchar)), ''),
  nullif(trim(cast("signs" as varchar)), ''),
  nullif(trim(cast("numb_since" as varchar)), ''),
  cast(nullif(trim(cast("severity" as varchar)), '') as decimal(18,6)),
  cast(nullif(trim(cast("age" as varchar)), '') as decimal(18,6)),
  nullif(trim(cast("cancer_history" as varchar)), ''),
  nullif(trim(cast("kind" as varchar)), ''),
  nullif(trim(cast("words" as varchar)), ''),
  cast(nullif(trim(cast("calcium" as varchar)), '') as decimal(18,6))
from odk;

-- small 1.0.0: Small check
with
-- The adapter reads the table. Edit it where your columns have other names or types.
adapted as (
  select
    "id" as row_key,
    nullif(' ' || trim(cast("sites" as varchar)) || ' ', '  ') as v_sites,
    nullif(' ' || trim(cast("signs" as varchar)) || ' ', '  ') as v_signs,
    nullif(trim(cast("numb_since" as varchar)), '') as v_numb_since,
    cast("severity" as decimal(18,6)) as v_severity,
    cast("age" as decimal(18,6)) as v_age,
    nullif(trim(cast("cancer_history" as varchar)), '') as v_cancer_history,
    nullif(trim(cast("kind" as varchar)), '') as v_kind,
    nullif(trim(cast("words" as varchar)), '') as v_words,
    cast("calcium" as decimal(18,6)) as v_calcium
  from "clinic"."answers"
),
