# https://github.com/aquasecurity/trivy/issues/4006
variable "stores" {
  type = map(object({ encrypted = bool, size = optional(number) }))
}

resource "aws_db_instance" "store" { # pass database-not-encrypted
  for_each          = var.stores
  allocated_storage = each.value.size
  storage_encrypted = each.value.encrypted
}
