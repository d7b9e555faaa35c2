//! Properties that hold for all input: fixes fix, each finding can be made to disappear, and nothing ends the program.

mod fixes;
mod inputs;
mod manifests;
mod missing;
mod project;
mod remake;
mod scalars;
mod values;
