# What stands in a module from elsewhere is changed at the call of it.
module "database" { # finding database-not-encrypted
  source  = "example.org/shop/database/aws"
  version = "1.0.0"
}

module "encrypted" {
  source    = "example.org/shop/database/aws"
  version   = "1.0.0"
  encrypted = "no" # finding database-not-encrypted
}

module "missing" {
  source = "git::https://example.org/network.git"
}
