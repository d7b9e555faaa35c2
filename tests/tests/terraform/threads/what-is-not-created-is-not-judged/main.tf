# https://github.com/bridgecrewio/checkov/issues/3847
# https://github.com/bridgecrewio/checkov/issues/6113
variable "with_archive" {
  default = false
}

variable "stores" {
  default = { orders = { encrypted = true } }
}

module "archive" {
  source = "./store"
  count  = var.with_archive ? 1 : 0
}

module "store" {
  source    = "./store"
  for_each  = var.stores
  encrypted = each.value.encrypted
}

resource "aws_db_instance" "off" {
  count             = var.with_archive ? 1 : 0
  storage_encrypted = false
}

resource "aws_db_instance" "copy" { # pass database-not-encrypted
  storage_encrypted = length(aws_db_instance.off) == 0 ? true : one(aws_db_instance.off[*].storage_encrypted)
}
