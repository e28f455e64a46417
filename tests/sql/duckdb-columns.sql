create table "clinic"."answers" (
  "id" varchar primary key,
  "sites__neck" boolean,
  "sites__low_back" boolean,
  "sites__left_leg" boolean,
  "sites__nowhere" boolean,
  "signs__numb" boolean,
  "signs__weak" boolean,
  "signs__none" boolean,
  "signs__unsure" boolean,
  "numb_since" varchar,
  "severity" decimal(18,6),
  "age" decimal(18,6),
  "cancer_history" varchar,
  "kind" varchar,
  "words" varchar,
  "calcium" decimal(18,6)
);

comment on table "clinic"."answers" is 'Answers to small 1.0.0, a row for each person';
comment on column "clinic"."answers"."sites__neck" is 'Where does it hurt? Neck';
comment on column "clinic"."answers"."sites__low_back" is 'Where does it hurt? Lower back';
comment on column "clinic"."answers"."sites__left_leg" is 'Where does it hurt? Left leg';
comment on column "clinic"."answers"."sites__nowhere" is 'Where does it hurt? Nowhere';
comment on column "clinic"."answers"."signs__numb" is 'Signs Numbness';
comment on column "clinic"."answers"."signs__weak" is 'Signs Weakness';
comment on column "clinic"."answers"."signs__none" is 'Signs None of these';
comment on column "clinic"."answers"."signs__unsure" is 'Signs Not sure';
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
  "sites__neck",
  "sites__low_back",
  "sites__left_leg",
  "sites__nowhere",
  "signs__numb",
  "signs__weak",
  "signs__none",
  "signs__unsure",
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
  coalesce(case json_type(sheet -> '$.sites') when 'ARRAY' then list_contains(sheet ->> '$.sites[*]', 'neck') else sheet ->> '$.sites' = 'neck' end, false),
  coalesce(case json_type(sheet -> '$.sites') when 'ARRAY' then list_contains(sheet ->> '$.sites[*]', 'low_back') else sheet ->> '$.sites' = 'low_back' end, false),
  coalesce(case json_type(sheet -> '$.sites') when 'ARRAY' then list_contains(sheet ->> '$.sites[*]', 'left_leg') else sheet ->> '$.sites' = 'left_leg' end, false),
  coalesce(case json_type(sheet -> '$.sites') when 'ARRAY' then list_contains(sheet ->> '$.sites[*]', 'nowhere') else sheet ->> '$.sites' = 'nowhere' end, false),
  coalesce(case json_type(sheet -> '$.signs') when 'ARRAY' then list_contains(sheet ->> '$.signs[*]', 'numb') else sheet ->> '$.signs' = 'numb' end, false),
  coalesce(case json_type(sheet -> '$.signs') when 'ARRAY' then list_contains(sheet ->> '$.signs[*]', 'weak') else sheet ->> '$.signs' = 'weak' end, false),
  coalesce(case json_type(sheet -> '$.signs') when 'ARRAY' then list_contains(sheet ->> '$.signs[*]', 'none') else sheet ->> '$.signs' = 'none' end, false),
  coalesce(case json_type(sheet -> '$.signs') when 'ARRAY' then list_contains(sheet ->> '$.signs[*]', 'unsure') else sheet ->> '$.signs' = 'unsure' end, false),
  sheet ->> '$.numb_since',
  try_cast(sheet ->> '$.severity' as decimal(18,6)),
  try_cast(sheet ->> '$.age' as decimal(18,6)),
  sheet ->> '$.cancer_history',
  sheet ->> '$.kind',
  sheet ->> '$.words',
  try_cast(sheet ->> '$.calcium' as decimal(18,6))
from sheets;

-- 2. An export of REDCap (raw, CSV) in a table `redcap`, from a project whose codes are the ids of the
-- options: `sign___first` is 0 or 1. REDCap writes 0 in every box of a question that nobody answered; that
-- is no answer here, since "none of these" is an option. Kobo writes `sign/first`: rename the columns.
insert into "clinic"."answers" (
  "id",
  "sites__neck",
  "sites__low_back",
  "sites__left_leg",
  "sites__nowhere",
  "signs__numb",
  "signs__weak",
  "signs__none",
  "signs__unsure",
  "numb_since",
  "severity",
  "age",
  "cancer_history",
  "kind",
  "words",
  "calcium"
)
select
  cast("record_id" as varchar),
  coalesce(cast(nullif(trim(cast("sites___neck" as varchar)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("sites___low_back" as varchar)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("sites___left_leg" as varchar)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("sites___nowhere" as varchar)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("signs___numb" as varchar)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("signs___weak" as varchar)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("signs___none" as varchar)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("signs___unsure" as varchar)), '') as boolean), false),
  nullif(trim(cast("numb_since" as varchar)), ''),
  cast(nullif(trim(cast("severity" as varchar)), '') as decimal(18,6)),
  cast(nullif(trim(cast("age" as varchar)), '') as decimal(18,6)),
  nullif(trim(cast("cancer_history" as varchar)), ''),
  nullif(trim(cast("kind" as varchar)), ''),
  nullif(trim(cast("words" as varchar)), ''),
  cast(nullif(trim(cast("calcium" as varchar)), '') as decimal(18,6))
from redcap;

-- small 1.0.0: Small check
with
-- The adapter reads the table. Edit it where your columns have other names or types.
adapted as (
  select
    "id" as row_key,
    coalesce(cast("sites__neck" as boolean), false) as v_sites__neck,
    coalesce(cast("sites__low_back" as boolean), false) as v_sites__low_back,
    coalesce(cast("sites__left_leg" as boolean), false) as v_sites__left_leg,
    coalesce(cast("sites__nowhere" as boolean), false) as v_sites__nowhere,
    coalesce(cast("signs__numb" as boolean), false) as v_signs__numb,
    coalesce(cast("signs__weak" as boolean), false) as v_signs__weak,
    coalesce(cast("signs__none" as boolean), false) as v_signs__none,
    coalesce(cast("signs__unsure" as boolean), false) as u_signs,
    nullif(trim(cast("numb_since" as varchar)), '') as v_numb_since,
    cast("severity" as decimal(18,6)) as v_severity,
    cast("age" as decimal(18,6)) as v_age,
    nullif(trim(cast("cancer_history" as varchar)), '') as v_cancer_history,
    nullif(trim(cast("kind" as varchar)), '') as v_kind,
    nullif(trim(cast("words" as varchar)), '') as v_words,
    cast("calcium" as decimal(18,6)) as v_calcium
  from "clinic"."answers"
),
