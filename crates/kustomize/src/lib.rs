//! Kustomizations to resources, as `kustomize build` 5.5 gives them. Every value knows the line of the base, patch,
//! generator or transformer that set it. The only crate that knows patches and transformers.

pub mod tables;
