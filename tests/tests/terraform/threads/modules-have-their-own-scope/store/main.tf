variable "flag" {}
variable "names" {}

locals {
  encrypted = true
  both      = var.flag && local.encrypted # finding database-not-encrypted: var.flag && local.encrypted
}

resource "aws_db_instance" "inside" { # pass database-not-encrypted
  count             = length(var.names)
  storage_encrypted = local.encrypted
}

resource "aws_db_instance" "given" { # pass database-not-encrypted
  count             = length(var.names)
  storage_encrypted = local.both
}
