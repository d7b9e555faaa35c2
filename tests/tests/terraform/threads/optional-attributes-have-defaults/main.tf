# https://github.com/Checkmarx/kics/issues/5616
variable "store" {
  type = object({
    size      = number
    encrypted = optional(bool, true)
    replicas  = optional(list(object({ encrypted = optional(bool, false) })), [{}]) # finding database-not-encrypted: false
  })
  default = { size = 20 }
}

resource "aws_db_instance" "orders" { # pass database-not-encrypted
  allocated_storage = var.store.size
  storage_encrypted = var.store.encrypted
}

resource "aws_db_instance" "replica" {
  count             = length(var.store.replicas)
  storage_encrypted = var.store.replicas[count.index].encrypted
}
