variable "encrypted" {
  default = false
}

resource "aws_db_instance" "this" { # pass database-not-encrypted
  storage_encrypted = var.encrypted
}
