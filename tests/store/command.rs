//! `redflag store` and `redflag purge`, as a clinic types them.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn redflag(folder: &Path, arguments: &[&str], typed: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(arguments)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("LC_ALL", "C")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let _ = child.stdin.take().expect("an input").write_all(typed.as_bytes());
    child.wait_with_output().expect("it ends")
}

#[track_caller]
fn well(folder: &Path, arguments: &[&str], typed: &str) -> String {
    let output = redflag(folder, arguments, typed);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[track_caller]
fn not_well(folder: &Path, arguments: &[&str], typed: &str) -> String {
    let output = redflag(folder, arguments, typed);
    assert!(matches!(output.status.code(), Some(1 | 2)), "{arguments:?}: {output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

#[test]
fn a_store_from_nothing_to_its_erasing() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    assert!(not_well(folder, &["store", "verify"], "").contains("redflag store init"), "there is none yet");
    let made = well(folder, &["store", "init"], "");
    let elsewhere = well(folder, &["store", "init", "--store", "my other.db"], "");
    let next = "Next: redflag store user add NAME --role administrator";
    assert!(made.ends_with(&format!("{next}\n")), "{made}");
    assert!(elsewhere.ends_with(&format!("{next} --store 'my other.db'\n")), "{elsewhere}");
    assert!(made.contains("store.key") && made.contains("--role administrator"), "{made}");
    assert!(not_well(folder, &["store", "init"], "").contains("left as it is"));
    let nurse = ["store", "user", "add", "Ana", "--role", "nurse"];
    assert!(not_well(folder, &nurse, "1234\n").contains("the first person must be an administrator"));
    well(folder, &["store", "user", "add", "Eva", "--role", "administrator"], "2580\n");
    assert!(not_well(folder, &nurse, "1234\n").contains("--as"), "somebody has to sign in");
    assert!(
        not_well(folder, &[&nurse[..], &["--as", "Eva"]].concat(), "2581\n1234\n").contains("do not match")
    );
    assert!(
        not_well(folder, &[&nurse[..], &["--as", "Eva"]].concat(), "2580\n12\n").contains("4 to 8 digits")
    );
    well(folder, &[&nurse[..], &["--as", "Eva"]].concat(), "2580\n1234\n");
    assert_eq!(well(folder, &["store", "user", "list"], ""), "nurse          Ana\nadministrator  Eva\n");
    let head = well(folder, &["store", "head"], "");
    assert_eq!(head.trim().len(), 8, "{head}");
    fs::create_dir(folder.join("copies")).expect("a folder");
    let backup = ["store", "backup", "copies/monday.db", "--as"];
    assert!(not_well(folder, &[&backup[..], &["Ana"]].concat(), "1234\n").contains("may not"));
    well(folder, &[&backup[..], &["Eva"]].concat(), "2580\n");
    let restored = well(folder, &["store", "restore", "copies/monday.db", "--store", "again/store.db"], "");
    let next = "Next: redflag store verify --store again/store.db --key-file FILE\n";
    assert!(restored.ends_with(next), "the key is not beside it: {restored}");
    let key = ["--key-file", "data/redflag/store.key"];
    let again = [&["store", "verify", "--store", "again/store.db", "--head", head.trim()], &key[..]].concat();
    assert!(well(folder, &again, "").contains("Everything is there"));
    assert!(not_well(folder, &["store", "verify", "--head", "00000000"], "").contains("no entry has a hash"));

    fs::write(folder.join("pin"), "2580\n").expect("a file");
    let purge = ["purge", "--older-than", "30d", "--as", "Eva", "--pin", "pin"];
    let told = well(folder, &[&purge[..], &["--unsent"]].concat(), "");
    assert!(told.contains("Erased: 0 checks"), "{told}");
    let told = well(folder, &purge, "");
    assert!(told.contains("Erased: 0 checks") && told.contains("What may remain"), "{told}");
    assert!(not_well(folder, &["purge", "--older-than", "30", "--as", "Eva"], "").contains("30d"));
    assert!(not_well(folder, &["purge", "--older-than", "30d", "--as", "Ana"], "1234\n").contains("may not"));

    fs::write(folder.join("words"), "four words make it long\n").expect("a file");
    let change = ["store", "key", "--new-passphrase", "words", "--as", "Eva", "--pin", "pin"];
    assert!(not_well(folder, &change, "").contains("chmod 600"), "others may read it");
    fs::set_permissions(folder.join("words"), fs::Permissions::from_mode(0o600)).expect("changed");
    well(folder, &change, "");
    assert!(
        not_well(folder, &["store", "verify", "--key-file", "data/redflag/store.key"], "")
            .contains("passphrase")
    );
    well(folder, &["store", "verify", "--passphrase-file", "words"], "");
    well(folder, &["store", "verify"], "four words make it long\n");
    assert!(not_well(folder, &["store", "verify"], "five words make it longer\n").contains("not the key"));
}

#[test]
fn the_site_file_and_systemd_say_where_the_store_and_its_key_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let site = "store: { place: clinic/store.db, key_file: keys/clinic.key, station: front desk }\n";
    fs::write(folder.join("site.yaml"), site).expect("a file");
    well(folder, &["store", "init", "--site", "site.yaml"], "");
    assert!(folder.join("clinic/store.db").exists() && folder.join("keys/clinic.key").exists());
    well(folder, &["store", "verify", "--site", "site.yaml"], "");
    fs::create_dir(folder.join("credentials")).expect("a folder");
    fs::rename(folder.join("keys/clinic.key"), folder.join("credentials/redflag-key")).expect("moved");
    let verify = |credentials: &str, arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_redflag"))
            .args(["store", "verify", "--store", "clinic/store.db"])
            .args(arguments)
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .env("CREDENTIALS_DIRECTORY", folder.join(credentials))
            .current_dir(folder)
            .output()
            .expect("it runs")
    };
    let output = verify("credentials", &[]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    // systemd gives the service its right to read in an access control list, which shows as the rights of the group.
    let key = folder.join("credentials/redflag-key");
    let modes = |of_folder: u32, of_key: u32| {
        fs::set_permissions(folder.join("credentials"), fs::Permissions::from_mode(of_folder)).expect("set");
        fs::set_permissions(&key, fs::Permissions::from_mode(of_key)).expect("set");
    };
    for (of_folder, of_key) in [(0o500, 0o400), (0o550, 0o440), (0o500, 0o440)] {
        modes(of_folder, of_key);
        let output = verify("credentials", &[]);
        assert_eq!(output.status.code(), Some(0), "{of_folder:o} {of_key:o}: {output:?}");
    }
    for (of_folder, of_key) in
        [(0o755, 0o440), (0o551, 0o440), (0o570, 0o440), (0o550, 0o444), (0o550, 0o460)]
    {
        modes(of_folder, of_key);
        let output = verify("credentials", &[]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{of_folder:o} {of_key:o}: {told}");
        assert!(told.contains("chmod 600"), "{told}");
    }
    // The same rights on a file elsewhere let the whole group read it.
    modes(0o550, 0o440);
    let output = verify("keys", &["--key-file", "credentials/redflag-key"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("chmod 600"), "{output:?}");
    modes(0o700, 0o600);
}
