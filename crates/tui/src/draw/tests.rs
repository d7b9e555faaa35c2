//! Screens with their styles, and random keys at random sizes.

mod random;
mod screens;
