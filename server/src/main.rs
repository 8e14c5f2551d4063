//! The binary `hark`.

/// A page is a hundred thousand small pieces, made and dropped at once: that is a third of its cost with the system's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::main()
}
