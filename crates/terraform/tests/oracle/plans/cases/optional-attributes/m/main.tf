variable "config" {
  type    = object({ name = string, size = optional(number, 9), list = optional(set(string)) })
  default = { name = "default" }
}

variable "strict" {
  type     = string
  default  = "not null"
  nullable = false
}

output "config" {
  value = var.config
}

output "strict" {
  value = var.strict
}
