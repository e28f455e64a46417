//! Files that load.

use redflag::questionnaire::yaml;

#[test]
fn the_small_questionnaire_loads_without_a_warning() {
    let text = include_bytes!("fixtures/small.yaml");
    let loaded = yaml::load("small.yaml", text).expect("no mistakes");
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
    assert_eq!(loaded.questionnaire.questions.len(), 10);
}
