create table `clinic`.`answers` (
  `id` string,
  `sites__neck` boolean comment 'Where does it hurt? Neck',
  `sites__low_back` boolean comment 'Where does it hurt? Lower back',
  `sites__left_leg` boolean comment 'Where does it hurt? Left leg',
  `sites__nowhere` boolean comment 'Where does it hurt? Nowhere',
  `signs__numb` boolean comment 'Signs Numbness',
  `signs__weak` boolean comment 'Signs Weakness',
  `signs__none` boolean comment 'Signs None of these',
  `signs__unsure` boolean comment 'Signs Not sure',
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
  coalesce(array_contains(from_json(case when given.`sites` like '[%' then given.`sites` else concat('["', given.`sites`, '"]') end, 'array<string>'), 'neck'), false),
  coalesce(array_contains(from_json(case when given.`sites` like '[%' then given.`sites` else concat('["', given.`sites`, '"]') end, 'array<string>'), 'low_back'), false),
  coalesce(array_contains(from_json(case when given.`sites` like '[%' then given.`sites` else concat('["', given.`sites`, '"]') end, 'array<string>'), 'left_leg'), false),
  coalesce(array_contains(from_json(case when given.`sites` like '[%' then given.`sites` else concat('["', given.`sites`, '"]') end, 'array<string>'), 'nowhere'), false),
  coalesce(array_contains(from_json(case when given.`signs` like '[%' then given.`signs` else concat('["', given.`signs`, '"]') end, 'array<string>'), 'numb'), false),
  coalesce(array_contains(from_json(case when given.`signs` like '[%' then given.`signs` else concat('["', given.`signs`, '"]') end, 'array<string>'), 'weak'), false),
  coalesce(array_contains(from_json(case when given.`signs` like '[%' then given.`signs` else concat('["', given.`signs`, '"]') end, 'array<string>'), 'none'), false),
  coalesce(array_contains(from_json(case when given.`signs` like '[%' then given.`signs` else concat('["', given.`signs`, '"]') end, 'array<string>'), 'unsure'), false),
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

-- 2. An export of REDCap (raw, CSV) in a table `redcap`, from a project whose codes are the ids of the
-- options: `sign___first` is 0 or 1. REDCap writes 0 in every box of a question that nobody answered; that
-- is no answer here, since "none of these" is an option. Kobo writes `sign/first`: rename the columns.
insert into `clinic`.`answers`
select
  cast(`record_id` as string),
  coalesce(cast(nullif(trim(cast(`sites___neck` as string)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast(`sites___low_back` as string)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast(`sites___left_leg` as string)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast(`sites___nowhere` as string)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast(`signs___numb` as string)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast(`signs___weak` as string)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast(`signs___none` as string)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast(`signs___unsure` as string)), '') as boolean), false),
  nullif(trim(cast(`numb_since` as string)), ''),
  cast(nullif(trim(cast(`severity` as string)), '') as decimal(18,6)),
  cast(nullif(trim(cast(`age` as string)), '') as decimal(18,6)),
  nullif(trim(cast(`cancer_history` as string)), ''),
  nullif(trim(cast(`kind` as string)), ''),
  nullif(trim(cast(`words` as string)), ''),
  cast(nullif(trim(cast(`calcium` as string)), '') as decimal(18,6))
from redcap;

-- small 1.0.0: Small check
with
-- The adapter reads the table. Edit it where your columns have other names or types.
adapted as (
  select
    `id` as row_key,
    coalesce(cast(`sites__neck` as boolean), false) as v_sites__neck,
    coalesce(cast(`sites__low_back` as boolean), false) as v_sites__low_back,
    coalesce(cast(`sites__left_leg` as boolean), false) as v_sites__left_leg,
    coalesce(cast(`sites__nowhere` as boolean), false) as v_sites__nowhere,
    coalesce(cast(`signs__numb` as boolean), false) as v_signs__numb,
    coalesce(cast(`signs__weak` as boolean), false) as v_signs__weak,
    coalesce(cast(`signs__none` as boolean), false) as v_signs__none,
    coalesce(cast(`signs__unsure` as boolean), false) as u_signs,
    nullif(trim(cast(`numb_since` as string)), '') as v_numb_since,
    cast(`severity` as decimal(18,6)) as v_severity,
    cast(`age` as decimal(18,6)) as v_age,
    nullif(trim(cast(`cancer_history` as string)), '') as v_cancer_history,
    nullif(trim(cast(`kind` as string)), '') as v_kind,
    nullif(trim(cast(`words` as string)), '') as v_words,
    cast(`calcium` as decimal(18,6)) as v_calcium
  from `clinic`.`answers`
),
