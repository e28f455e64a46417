create table `clinic`.`answers` (
  `id` string,
  `sites` string comment 'Where does it hurt? With spaces between them: neck, low_back, left_leg, nowhere',
  `signs` string comment 'Signs With spaces between them: numb, weak, none, unsure',
  `numb_since` string comment 'Since when? One of: long, weeks, new, unsure',
  `severity` decimal(18,6) comment 'How bad is it? From 0 to 10',
  `age` decimal(18,6) comment 'How old are you? From 1 to 120 years',
  `cancer_history` string comment 'Have you ever had cancer? One of: no, yes, unsure',
  `kind` string comment 'Of which kind? One of: solid, blood, other',
  `words` string comment 'Anything else?',
  `calcium` decimal(18,6) comment 'Calcium From 1 to 6 mmol/L'
)
using parquet
comment 'Answers to small 1.0.0, a row for each person';

-- 1. Answer sheets, one JSON object a line, as `redflag assess` takes them. Rows are numbered from 1.
create or replace temporary view sheets as
select
  row_number() over (
    order by _metadata.file_path, _metadata.file_block_start, monotonically_increasing_id()
  ) as row_number,
  value as sheet
from text.`answers.jsonl`;
insert into `clinic`.`answers`
select
  cast(sheets.row_number as string),
  array_join(from_json(case when given.`sites` like '[%' then given.`sites` else concat('["', given.`sites`, '"]') end, 'array<string>'), ' '),
  array_join(from_json(case when given.`signs` like '[%' then given.`signs` else concat('["', given.`signs`, '"]') end, 'array<string>'), ' '),
  given.`numb_since`,
  try_cast(given.`severity` as decimal(18,6)),
  try_cast(given.`age` as decimal(18,6)),
  given.`cancer_history`,
  given.`kind`,
  given.`words`,
  try_cast(given.`calcium` as decimal(18,6))
from sheets
lateral view json_tuple(
  sheet,
  'sites',
  'signs',
  'numb_since',
  'severity',
  'age',
  'cancer_history',
  'kind',
  'words',
  'calcium'
) given as
  `sites`,
  `signs`,
  `numb_since`,
  `severity`,
  `age`,
  `cancer_history`,
  `kind`,
  `words`,
  `calcium`;

-- 2. An export of ODK (CSV without groups in the names) in a table `odk`: `sign` is `first second`.
insert into `clinic`.`answers`
select
  cast(`KEY` as string),
  nullif(trim(cast(`sites` as string)), ''),
  nullif(trim(cast(`signs` as string)), ''),
  nullif(trim(cast(`numb_since` as string)), ''),
  cast(nullif(trim(cast(`severity` as string)), '') as decimal(18,6)),
  cast(nullif(trim(cast(`age` as string)), '') as decimal(18,6)),
  nullif(trim(cast(`cancer_history` as string)), ''),
  nullif(trim(cast(`kind` as string)), ''),
  nullif(trim(cast(`words` as string)), ''),
  cast(nullif(trim(cast(`calcium` as string)), '') as decimal(18,6))
from odk;

-- small 1.0.0: Small check
with
-- The adapter reads the table. Edit it where your columns have other names or types.
adapted as (
  select
    `id` as row_key,
    nullif(' ' || trim(cast(`sites` as string)) || ' ', '  ') as v_sites,
    nullif(' ' || trim(cast(`signs` as string)) || ' ', '  ') as v_signs,
    nullif(trim(cast(`numb_since` as string)), '') as v_numb_since,
    cast(`severity` as decimal(18,6)) as v_severity,
    cast(`age` as decimal(18,6)) as v_age,
    nullif(trim(cast(`cancer_history` as string)), '') as v_cancer_history,
    nullif(trim(cast(`kind` as string)), '') as v_kind,
    nullif(trim(cast(`words` as string)), '') as v_words,
    cast(`calcium` as decimal(18,6)) as v_calcium
  from `clinic`.`answers`
),
