create table "clinic"."answers" (
  "id" text primary key,
  "sites__neck" boolean,
  "sites__low_back" boolean,
  "sites__left_leg" boolean,
  "sites__nowhere" boolean,
  "signs__numb" boolean,
  "signs__weak" boolean,
  "signs__none" boolean,
  "signs__unsure" boolean,
  "numb_since" text,
  "severity" decimal(18,6),
  "age" decimal(18,6),
  "cancer_history" text,
  "kind" text,
  "words" text,
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
-- \copy is of psql; the two characters given are in no JSON.
create temporary table sheets (row_number bigserial, sheet jsonb);
\copy sheets (sheet) from 'answers.jsonl' with (format csv, quote e'\x01', delimiter e'\x02')
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
  cast(sheets.row_number as text),
  coalesce(sheet -> 'sites' ? 'neck', false),
  coalesce(sheet -> 'sites' ? 'low_back', false),
  coalesce(sheet -> 'sites' ? 'left_leg', false),
  coalesce(sheet -> 'sites' ? 'nowhere', false),
  coalesce(sheet -> 'signs' ? 'numb', false),
  coalesce(sheet -> 'signs' ? 'weak', false),
  coalesce(sheet -> 'signs' ? 'none', false),
  coalesce(sheet -> 'signs' ? 'unsure', false),
  sheet ->> 'numb_since',
  case when jsonb_typeof(sheet -> 'severity') = 'number' then (sheet ->> 'severity')::decimal(18,6) end,
  case when jsonb_typeof(sheet -> 'age') = 'number' then (sheet ->> 'age')::decimal(18,6) end,
  sheet ->> 'cancer_history',
  sheet ->> 'kind',
  sheet ->> 'words',
  case when jsonb_typeof(sheet -> 'calcium') = 'number' then (sheet ->> 'calcium')::decimal(18,6) end
from (
  -- Unpacked once, and not once for each answer.
  select row_number, sheet || '{}' as sheet from sheets offset 0
) as sheets;

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
  cast("record_id" as text),
  coalesce(cast(nullif(trim(cast("sites___neck" as text)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("sites___low_back" as text)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("sites___left_leg" as text)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("sites___nowhere" as text)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("signs___numb" as text)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("signs___weak" as text)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("signs___none" as text)), '') as boolean), false),
  coalesce(cast(nullif(trim(cast("signs___unsure" as text)), '') as boolean), false),
  nullif(trim(cast("numb_since" as text)), ''),
  cast(nullif(trim(cast("severity" as text)), '') as decimal(18,6)),
  cast(nullif(trim(cast("age" as text)), '') as decimal(18,6)),
  nullif(trim(cast("cancer_history" as text)), ''),
  nullif(trim(cast("kind" as text)), ''),
  nullif(trim(cast("words" as text)), ''),
  cast(nullif(trim(cast("calcium" as text)), '') as decimal(18,6))
from redcap;

-- small 1.0.0: Small check
-- First: set jit = off; PostgreSQL would take longer to compile this than to run it.
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
    nullif(trim(cast("numb_since" as text)), '') as v_numb_since,
    cast("severity" as decimal(18,6)) as v_severity,
    cast("age" as decimal(18,6)) as v_age,
    nullif(trim(cast("cancer_history" as text)), '') as v_cancer_history,
    nullif(trim(cast("kind" as text)), '') as v_kind,
    nullif(trim(cast("words" as text)), '') as v_words,
    cast("calcium" as decimal(18,6)) as v_calcium
  from "clinic"."answers"
),
layer_1 as (
  select
    *,
    case
      when v_signs__numb then true
      when u_signs then null
      when (v_signs__numb or v_signs__weak or v_signs__none or u_signs) then false
    end as a_signs__numb,
    case when v_age >= 18 then true when v_age is not null then false end as a_age__from_18,
    case
      when v_signs__none then true
      when u_signs then null
      when (v_signs__numb or v_signs__weak or v_signs__none or u_signs) then false
    end as a_signs__none,
    case when v_severity >= 4 then true when v_severity is not null then false end as a_severity__from_4,
    case when v_severity < 9 then true when v_severity is not null then false end as a_severity__below_9,
    case
      when v_signs__numb or v_signs__weak then true
      when u_signs then null
      when (v_signs__numb or v_signs__weak or v_signs__none or u_signs) then false
    end as a_signs__numb_or_weak,
    case
      when v_sites__neck or v_sites__low_back then true
      when (v_sites__neck or v_sites__low_back or v_sites__left_leg or v_sites__nowhere) then false
    end as a_sites__neck_or_low_back,
    case when v_severity > 6 then true when v_severity is not null then false end as a_severity__above_6,
    case
      when u_signs then true
      when (v_signs__numb or v_signs__weak or v_signs__none or u_signs) then false
    end as a_signs__unsure
  from adapted
),
layer_2 as (
  select
    *,
    -- numb_since: is it asked?
    a_signs__numb as l_numb_since,
    (a_severity__from_4 and a_severity__below_9) as d_strong
  from layer_1
),
layer_3 as (
  select
    *,
    -- cancer_history: is it asked?
    (a_age__from_18 or (not a_signs__none) or d_strong) as l_cancer_history,
    case
      when l_numb_since is false then false
      when v_numb_since in ('weeks', 'new') then true
      when v_numb_since = 'unsure' then null
      when v_numb_since is not null then false
    end as a_numb_since__weeks_or_new,
    case
      when l_numb_since is false then false
      when v_numb_since = 'new' then true
      when v_numb_since = 'unsure' then null
      when v_numb_since is not null then false
    end as a_numb_since__new,
    case
      when l_numb_since is false then false
      when v_numb_since in ('long', 'weeks') then true
      when v_numb_since = 'unsure' then null
      when v_numb_since is not null then false
    end as a_numb_since__long_or_weeks
  from layer_2
),
layer_4 as (
  select
    *,
    case
      when l_cancer_history is false then false
      when v_cancer_history = 'yes' then true
      when v_cancer_history = 'unsure' then null
      when v_cancer_history is not null then false
    end as a_cancer_history__yes,
    (a_signs__numb_or_weak or a_numb_since__weeks_or_new) as d_nerve
  from layer_3
),
layer_5 as (
  select
    *,
    -- kind: is it asked?
    a_cancer_history__yes as l_kind,
    a_cancer_history__yes as d_cancer
  from layer_4
),
layer_6 as (
  select
    *,
    (d_cancer and d_nerve) as d_both,
    case
      when l_kind is false then false
      when v_kind in ('solid', 'blood') then true
      when v_kind is not null then false
    end as a_kind__solid_or_blood,
    case
      when l_kind is false then false
      when v_kind = 'other' then true
      when v_kind is not null then false
    end as a_kind__other
  from layer_5
),
rules as (
  select
    *,
    -- E01 (emergency): Possible cauda equina
    (d_both or (a_signs__numb and a_numb_since__new)) as r_e01,
    -- E02 (emergency): High calcium
    false as r_e02,
    -- S01 (soon): Several signs
    case
      when (
          case when a_sites__neck_or_low_back then 1 else 0 end
          + case when a_severity__above_6 then 1 else 0 end
          + case when a_kind__solid_or_blood then 1 else 0 end
          + case when a_numb_since__long_or_weeks then 1 else 0 end
          + case when a_signs__unsure then 1 else 0 end
          + case when (not a_kind__other) then 1 else 0 end
      ) >= 2 then true
      when (
          case when a_sites__neck_or_low_back is false then 0 else 1 end
          + case when a_severity__above_6 is false then 0 else 1 end
          + case when a_kind__solid_or_blood is false then 0 else 1 end
          + case when a_numb_since__long_or_weeks is false then 0 else 1 end
          + case when a_signs__unsure is false then 0 else 1 end
          + case when (not a_kind__other) is false then 0 else 1 end
      ) < 2 then false
    end as r_s01
  from layer_6
),
lists as (
  select
    *,
    case
      when (r_e01 or r_e02) then 0
      when r_s01 then 1
      else 2
    end as certain_level,
    case
      when (r_e01 is not false or r_e02 is not false) then 0
      when r_s01 is not false then 1
      else 2
    end as possible_level,
    concat_ws(
      ' ',
      case when r_e01 then 'E01' end,
      case when r_e02 then 'E02' end,
      case when r_s01 then 'S01' end
    ) as true_rules,
    concat_ws(
      ' ',
      case when not (v_sites__neck or v_sites__low_back or v_sites__left_leg or v_sites__nowhere) then 'sites' end,
      case when not (v_signs__numb or v_signs__weak or v_signs__none or u_signs) then 'signs' end,
      case when l_numb_since and not (v_numb_since is not null) then 'numb_since' end,
      case when not (v_severity is not null) then 'severity' end,
      case when not (v_age is not null) then 'age' end,
      case when l_cancer_history and not (v_cancer_history is not null) then 'cancer_history' end,
      case when l_kind and not (v_kind is not null) then 'kind' end
    ) as open_questions,
    concat_ws(
      ' ',
      case when l_numb_since is false and v_numb_since is not null then 'numb_since' end,
      case when l_cancer_history is false and v_cancer_history is not null then 'cancer_history' end,
      case when l_kind is false and v_kind is not null then 'kind' end,
      case when v_calcium is not null then 'calcium' end
    ) as aside_questions,
    concat_ws(
      ' ',
      case when (v_sites__nowhere and (v_sites__neck or v_sites__low_back or v_sites__left_leg)) then 'sites' end,
      case when (v_signs__none and (v_signs__numb or v_signs__weak or u_signs)) then 'signs' end,
      case when v_numb_since not in ('long', 'weeks', 'new', 'unsure') then 'numb_since' end,
      case when v_severity < 0 or v_severity > 10 or v_severity <> floor(v_severity) then 'severity' end,
      case when v_age < 1 or v_age > 120 or v_age <> floor(v_age) then 'age' end,
      case when v_cancer_history not in ('no', 'yes', 'unsure') then 'cancer_history' end,
      case when v_kind not in ('solid', 'blood', 'other') then 'kind' end,
      case when length(v_words) > 2000 then 'words' end,
      case when v_calcium < 1 or v_calcium > 6 then 'calcium' end
    ) as refused_questions
  from rules
),
judged as (
  select
    *,
    case
      when possible_level = certain_level then certain_level
      else least(certain_level, possible_level + 1, 1)
    end as act_level
  from lists
)
-- An answer that doesn't fit its question is never taken for another: the row has no level.
select
  row_key as "id",
  case when refused_questions = '' then case act_level when 0 then 'emergency' when 1 then 'soon' when 2 then 'later' end end as level,
  case when refused_questions = '' then case certain_level when 0 then 'emergency' when 1 then 'soon' when 2 then 'later' end end as certain,
  case when refused_questions = '' then case possible_level when 0 then 'emergency' when 1 then 'soon' when 2 then 'later' end end as possible,
  case when refused_questions = '' then open_questions = '' end as complete,
  case when refused_questions = '' then true_rules end as rules,
  case when refused_questions = '' then open_questions end as unanswered,
  case when refused_questions = '' then aside_questions end as set_aside,
  refused_questions as refused
from judged;
