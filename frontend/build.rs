//! The bundler cuts what this package becomes into pieces (`bundle/src/split.rs`), and must see what refers to what.

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script for what it builds in this way"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
}
