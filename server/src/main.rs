//! The binary `hark`.

fn main() -> std::process::ExitCode {
    server::main()
}
