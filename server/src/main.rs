//! The binary `hark`.

/// A page is a hundred thousand small pieces, made and dropped at once: with the system's own that is a quarter of its cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    server::main()
}
