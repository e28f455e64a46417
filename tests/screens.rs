mod support;
use support::Person;

#[test]
fn look() {
    for size in [(80, 24), (40, 12)] {
        let mut p = Person::patient(size);
        println!("{}", p.picture());
        p.press("Enter");
        println!("{}", p.picture());
        p.press("1 Down Down");
        println!("{}", p.picture());
        p.press("Enter");
        println!("{}", p.picture());
        p.press("a");
        println!("{}", p.picture());
    }
}
