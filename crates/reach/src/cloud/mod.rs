//! Who can do what in clouds: identities and their policies, as the clouds evaluate them.

pub mod aws;
