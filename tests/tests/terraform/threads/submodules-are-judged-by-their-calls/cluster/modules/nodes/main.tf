variable "encrypted" {}

resource "aws_db_instance" "state" { # pass database-not-encrypted
  storage_encrypted = var.encrypted
}
