//! scripts/postgres-roles.sql: what a login may do, whatever program it runs.

use postgres::{Client, NoTls};
use redflag::store::*;

use super::clinic::*;

const SCRIPT: &str = include_str!("../../scripts/postgres-roles.sql");

#[test]
fn each_login_does_what_its_machine_is_for_and_nothing_more() {
    let clinic = match Clinic::in_server() {
        Ok(clinic) => clinic,
        Err(why) => return eprintln!("left out: {why}"),
    };
    clinic.sql(SCRIPT);
    clinic.sql(SCRIPT);
    let roles = ["kiosk", "nurse", "clinician", "administrator"];
    for role in roles {
        clinic.sql(&format!("create role {role}1 login; grant redflag_{role} to {role}1"));
    }
    let Place::Postgres(address) = &clinic.place else { panic!("not on a server") };
    let as_login = |login: &str| address.replace("redflag@", &format!("{login}@"));
    let store = |login: &str, name: &str| {
        let mut store = Store::open(&Place::Postgres(as_login(login)), &clinic.unlock, login).expect("opens");
        store.sign_in(name, PIN, at(0)).expect("a PIN");
        store
    };
    let mut nurse = store("nurse1", "Ana");
    let first = opened(&mut nurse, Source::Intake, Some("KD47"));
    let (of_nurse, _) =
        nurse.begin(at(1), first.clone(), &[answered("cancer_history", "yes")]).expect("kept");
    let mut kiosk = store("kiosk1", "kiosk");
    let first = Opened { source: Source::Kiosk, ticket: Some("KD48".to_owned()), ..first };
    let (of_kiosk, revision) = kiosk.begin(at(2), first, &[answered("cancer_history", "no")]).expect("kept");
    kept(kiosk.append(of_kiosk, revision, at(3), &[Event::Closed { why: None }]).expect("kept"));
    assert_eq!(nurse.encounter(of_kiosk).expect("staff see it").entries.len(), 3);
    assert_eq!(kiosk.listed_one(of_nurse), Ok(None), "a kiosk sees its own alone");

    let count = |login: &str, sql: &str| -> Result<i64, String> {
        let mut client = Client::connect(&as_login(login), NoTls).expect("a login");
        let row = client
            .query_one(sql, &[])
            .map_err(|error| error.as_db_error().map_or_else(String::new, |told| told.message().to_owned()));
        row.map(|row| row.get(0))
    };
    assert_eq!(count("kiosk1", "select count(*) from entry where body is not null"), Ok(3));
    assert!(count("nurse1", "select count(*) from entry").expect("staff") > 6);
    for (login, sql) in [
        ("kiosk1", "with gone as (update entry set body = null returning 1) select count(*) from gone"),
        ("nurse1", "with gone as (delete from entry returning 1) select count(*) from gone"),
        ("nurse1", "with gone as (update entry set body = null returning 1) select count(*) from gone"),
        (
            "clinician1",
            "with gone as (update encounter set wrapped = null returning 1) select count(*) from gone",
        ),
        ("clinician1", "with gone as (delete from person returning 1) select count(*) from gone"),
        ("administrator1", "with gone as (delete from entry returning 1) select count(*) from gone"),
        (
            "administrator1",
            "with new as (update entry set hash = body_hash returning 1) select count(*) from new",
        ),
        (
            "nurse1",
            "with new as (update meta set v = 'x' where k = 'epoch' returning 1) select count(*) from new",
        ),
    ] {
        let refused = count(login, sql).expect_err(sql);
        assert!(
            refused.contains("permission denied") || refused.contains("only an administrator"),
            "{sql}: {refused}"
        );
    }
    assert_eq!(
        count(
            "nurse1",
            "with new as (update meta set v = 'x' where k = 'key' returning 1) select count(*) from new"
        ),
        Ok(0)
    );
    let mut office = store("administrator1", "Eva");
    assert_eq!(office.verify(&[]).expect("read").found, []);
    assert_eq!(office.purge(at(100), at(50)).expect("erased").encounters, 2);
    assert_eq!(office.verify(&[]).expect("read").found, []);
}
