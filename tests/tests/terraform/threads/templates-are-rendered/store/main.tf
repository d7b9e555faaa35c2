variable "name" {}
variable "locked" {}

resource "aws_db_instance" "store" { # pass database-not-encrypted
  identifier        = var.name
  storage_encrypted = var.locked
}
