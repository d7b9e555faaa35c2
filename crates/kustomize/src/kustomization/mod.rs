//! What a kustomization asks for, with the places of what it says.

mod change;
mod decode;
mod fields;
mod generators;
mod legacy;
mod patches;
mod replacements;
mod transformers;

pub(crate) use decode::{Decoder, Fields, Text};
pub(crate) use fields::{FILE_NAMES, Kind, Kustomization, SortOptions, SortOrder, read};
pub(crate) use generators::{
    Chart, ChartGlobals, Generator, GeneratorKind, GeneratorOptions, read_chart,
    read_chart_globals, read_chart_globals_of, read_generator,
};
pub(crate) use patches::{Patch, Selector, read_patch, read_selector};
pub(crate) use replacements::{
    FieldOptions, Replacement, Source, Target, read_inline, read_replacement,
};
pub(crate) use transformers::{
    Image, Label, Pair, Replica, Var, read_field_specs, read_image, read_kinds, read_replica,
    specs_of,
};
