variable "a" {
  type     = string
  default  = "inner a"
  nullable = false
}

variable "b" {
  type    = string
  default = "inner b"
}

output "all" {
  value = [var.a, var.b]
}
