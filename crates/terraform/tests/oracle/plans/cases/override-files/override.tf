variable "name" {
  default = "override"
}

locals {
  b = "override"
}

resource "terraform_data" "one" {
  input = "override-${var.name}"
}

output "o" {
  value = "override"
}
