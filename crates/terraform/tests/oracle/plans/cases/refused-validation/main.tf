variable "size" {
  default = 30

  validation {
    condition     = var.size < 10
    error_message = "Too big."
  }
}

output "size" {
  value = var.size
}
