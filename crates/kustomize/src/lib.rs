//! Kustomizations to resources, as `kustomize build` 5.5 gives them. Every value knows the line of the base, patch,
//! generator or transformer that set it. The only crate that knows patches and transformers.

mod accumulate;
mod bases;
mod bounds;
mod build;
mod changes;
mod charts;
mod context;
mod generate;
mod kustomization;
mod lines;
mod load;
mod node;
mod patch;
mod reader;
mod resources;
mod select;
pub mod tables;
mod transform;

pub use bases::{Bases, is_kustomization};
pub use build::{Build, Built, Use, Used};
pub use changes::Changes;
pub use charts::{
    ChartDocument, ChartRequest, Charts, DocumentText, NoCharts, RenderedChart, Written,
};
pub use reader::Reader;
