variable "encrypted" {}

resource "aws_db_instance" "shop" {
  storage_encrypted = terraform.workspace == "live" ? true : var.encrypted # via database-not-encrypted
}
