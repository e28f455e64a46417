-- Roles and row policies for a store of redflag in PostgreSQL, for the database's owner to run after `redflag store init`:
--
--     psql -v ON_ERROR_STOP=1 -f scripts/postgres-roles.sql postgres://owner@host/clinic
--
-- Then each login gets one of the four roles:
--
--     create role kiosk1 login password '...';  grant redflag_kiosk to kiosk1;
--
-- What the program itself checks (who has signed in, and what that person may do) is checked there as before. These roles
-- keep a login from doing more than its machine is for, whatever program it runs: a kiosk's login can't read what others
-- asked, nobody but an administrator's can erase, and nobody's can change an entry.
begin;

do $$
declare name text;
begin
    foreach name in array array['redflag_kiosk', 'redflag_nurse', 'redflag_clinician', 'redflag_administrator'] loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I nologin', name);
        end if;
    end loop;
end $$;

-- Which login began an encounter: a kiosk sees its own alone.
alter table encounter add column if not exists owner name not null default session_user;

revoke all on meta, questionnaire, writer, encounter, entry, person from public;
grant select on meta, questionnaire, writer, encounter, entry, person
    to redflag_kiosk, redflag_nurse, redflag_clinician, redflag_administrator;
grant insert on questionnaire, writer, encounter, entry
    to redflag_kiosk, redflag_nurse, redflag_clinician, redflag_administrator;
-- The end of a chain, the newest revision and what a board shows; the key of an encounter is not among them.
grant update (n, hash) on writer to redflag_kiosk, redflag_nurse, redflag_clinician, redflag_administrator;
grant update (rev, changed, summary) on encounter
    to redflag_kiosk, redflag_nurse, redflag_clinician, redflag_administrator;
-- Holding the key's number while a new encounter is sealed, and counting wrong PINs.
grant update (v) on meta to redflag_kiosk, redflag_nurse, redflag_clinician, redflag_administrator;
grant insert, update on person to redflag_kiosk, redflag_nurse, redflag_clinician, redflag_administrator;
-- Erasing, another key, people, books of keys.
grant update (wrapped) on encounter to redflag_administrator;
grant update (body) on entry to redflag_administrator;
grant insert on meta to redflag_administrator;
grant delete on person to redflag_administrator;

alter table encounter enable row level security;
alter table entry enable row level security;
alter table meta enable row level security;
alter table person enable row level security;

drop policy if exists staff on encounter;
drop policy if exists kiosk on encounter;
drop policy if exists staff on entry;
drop policy if exists kiosk on entry;
drop policy if exists reading on meta;
drop policy if exists holding on meta;
drop policy if exists keeping on meta;
drop policy if exists signing on person;
drop policy if exists counting on person;
drop policy if exists keeping on person;

create policy staff on encounter to redflag_nurse, redflag_clinician, redflag_administrator
    using (true) with check (true);
-- Its own, and the log of the store, which is all zeros.
create policy kiosk on encounter to redflag_kiosk
    using (owner = session_user or enc = decode(repeat('00', 16), 'hex'))
    with check (owner = session_user);

create policy staff on entry to redflag_nurse, redflag_clinician, redflag_administrator
    using (true) with check (true);
create policy kiosk on entry to redflag_kiosk
    using (exists (select from encounter where encounter.enc = entry.enc and owner = session_user))
    with check (exists (select from encounter where encounter.enc = entry.enc and owner = session_user));

create policy reading on meta for select
    to redflag_kiosk, redflag_nurse, redflag_clinician, redflag_administrator using (true);
-- The number of the key may be held, and only by writing what is there already; see the trigger below.
create policy holding on meta for update to redflag_kiosk, redflag_nurse, redflag_clinician
    using (k = 'epoch') with check (k = 'epoch');
create policy keeping on meta to redflag_administrator using (true) with check (true);

create or replace function redflag_same_epoch() returns trigger language plpgsql as $$
begin
    if new.v <> old.v and not pg_has_role(session_user, 'redflag_administrator', 'member') then
        raise exception 'only an administrator changes the key' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
drop trigger if exists redflag_same_epoch on meta;
create trigger redflag_same_epoch before update on meta for each row execute function redflag_same_epoch();

create policy signing on person for select
    to redflag_kiosk, redflag_nurse, redflag_clinician, redflag_administrator using (true);
create policy counting on person for update
    to redflag_kiosk, redflag_nurse, redflag_clinician using (true) with check (true);
create policy keeping on person to redflag_administrator using (true) with check (true);

commit;
