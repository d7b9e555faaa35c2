output "out" {
  value = local.out
}
locals {
  out = "out-${var.in}"
}
variable "in" {}
