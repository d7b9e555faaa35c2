variable "encrypted" {
  default = false
}

resource "aws_db_instance" "this" {
  storage_encrypted = var.encrypted
}
