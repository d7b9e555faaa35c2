# https://github.com/Checkmarx/kics/issues/2226
# https://github.com/Checkmarx/kics/issues/7944
locals {
  later = local.earlier
}

resource "aws_db_instance" "orders" { # pass database-not-encrypted
  storage_encrypted = local.later
}

resource "aws_db_instance" "visits" {
  storage_encrypted = local.settings[var.stage].encrypted
}
