#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    redflag::cli::main(std::env::args_os()).into()
}
