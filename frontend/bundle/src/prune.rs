//! Prunes: takes out of a module what is never called.
//!
//! Pages wake at once. The way in which the framework wakes a page bit by bit is compiled for every part of every page all the
//! same, since each part whose type is erased carries its address along: a tenth of all code, which no optimiser can know to be
//! dead. What is left of each such function traps.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result};
use wasm_encoder::{CodeSection, Function, Instruction, Module, RawSection};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Stands in the name of each of them: what `leptos::mount::hydrate_lazy` calls, and `hydrate_body` never.
const NEVER: &str = "hydrate_async";

/// The module without them. One whose functions have no names stays as it is.
pub fn prune(wasm: &[u8]) -> Result<Vec<u8>> {
    let never = never(wasm)?;
    let mut module = Module::new();
    let (mut code, mut count) = (CodeSection::new(), 0);
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::CodeSectionStart { count: all, .. } => count = all,
            Payload::CodeSectionEntry(body) => {
                if never.contains(&code.len()) {
                    let mut trap = Function::new([]);
                    trap.instruction(&Instruction::Unreachable);
                    trap.instruction(&Instruction::End);
                    code.function(&trap);
                } else {
                    code.raw(body.as_bytes());
                }
                if code.len() == count {
                    module.section(&code);
                }
            }
            other => {
                if let Some((id, range)) = other.as_section() {
                    let data = part(wasm, &range)?;
                    module.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok(module.finish())
}

/// Which functions of the module's own are never called, counted from its first.
fn never(wasm: &[u8]) -> Result<BTreeSet<u32>> {
    let (mut imported, mut never) = (0, BTreeSet::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CustomSection(section) => {
                let KnownCustom::Name(names) = section.as_known() else {
                    continue;
                };
                for name in names {
                    let Name::Function(functions) = name? else { continue };
                    for function in functions {
                        let function = function?;
                        if function.name.contains(NEVER) {
                            never.extend(function.index.checked_sub(imported));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(never)
}

fn part<'a>(wasm: &'a [u8], range: &Range<u64>) -> Result<&'a [u8]> {
    let (start, end) = (usize::try_from(range.start)?, usize::try_from(range.end)?);
    wasm.get(start..end).context("a section reaches beyond its module")
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, FunctionSection, ImportSection, NameMap, NameSection, TypeSection, ValType};

    use super::*;

    /// A module with an imported function and two of its own, the second with that name.
    fn module(second: &str) -> Vec<u8> {
        let (mut types, mut imports, mut functions) =
            (TypeSection::new(), ImportSection::new(), FunctionSection::new());
        types.ty().function([], [ValType::I32]);
        imports.import("outside", "of", EntityType::Function(0));
        let mut code = CodeSection::new();
        for answer in [7, 8] {
            functions.function(0);
            let mut body = Function::new([]);
            body.instruction(&Instruction::I32Const(answer));
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let (mut section, mut names) = (NameSection::new(), NameMap::new());
        for (index, name) in [(0, "of"), (1, "hydrate"), (2, second)] {
            names.append(index, name);
        }
        section.functions(&names);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&code)
            .section(&section);
        module.finish()
    }

    fn bodies(wasm: &[u8]) -> Vec<Vec<u8>> {
        let payloads = Parser::new(0).parse_all(wasm);
        let bodies = payloads.filter_map(|payload| match payload.unwrap() {
            Payload::CodeSectionEntry(body) => Some(body.as_bytes().to_vec()),
            _ => None,
        });
        bodies.collect()
    }

    #[test]
    fn only_what_is_never_called_becomes_a_trap() {
        let (whole, pruned) = (
            module("a::hydrate_async::{closure}"),
            prune(&module("a::hydrate_async::{closure}")).unwrap(),
        );
        let (before, after) = (bodies(&whole), bodies(&pruned));
        assert_eq!(before[0], after[0]);
        assert_eq!(after[1], [0, 0, 0x0b], "no locals, unreachable, end");
    }

    #[test]
    fn a_module_without_such_names_stays_as_it_is() {
        assert_eq!(prune(&module("a::build")).unwrap(), module("a::build"));
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        prune(b"no module").unwrap_err();
    }
}
