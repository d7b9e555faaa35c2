variable "name" {
  type    = string
  default = "main"
}

variable "kept" {
  default     = "kept"
  description = "x"
}

locals {
  a = "main"
  b = "main"
}

resource "terraform_data" "one" {
  input            = "main-${var.name}"
  triggers_replace = ["main"]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "many" {
  count = 1
  input = count.index
}

module "m" {
  source = "./m"
  a      = "main"
  b      = "main"
}

output "o" {
  value = "main"
}

output "all" {
  value = [local.a, local.b, var.name, var.kept, terraform_data.one.triggers_replace]
}
