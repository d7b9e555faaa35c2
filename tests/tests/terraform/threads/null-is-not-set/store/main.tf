variable "encrypted" {
  type     = bool
  default  = true
  nullable = false
}

resource "aws_db_instance" "visits" { # pass database-not-encrypted
  storage_encrypted = var.encrypted
}
