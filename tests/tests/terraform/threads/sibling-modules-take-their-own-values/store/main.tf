variable "encrypted" {
  type    = bool
  default = false # finding database-not-encrypted: false
}

resource "aws_db_instance" "orders" { # pass database-not-encrypted
  storage_encrypted = var.encrypted
}
