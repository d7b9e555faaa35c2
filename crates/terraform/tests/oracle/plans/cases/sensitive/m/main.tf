variable "secret" {
  sensitive = true
}

variable "plain" {}

output "secret" {
  value     = "${var.secret}!"
  sensitive = true
}

output "marked" {
  value     = var.plain
  sensitive = true
}

output "plain" {
  value = var.plain
}
