variable "name" {
  default   = "a"
  sensitive = true
}

output "name" {
  value = "x-${var.name}"
}
