nothing = "of this root"
