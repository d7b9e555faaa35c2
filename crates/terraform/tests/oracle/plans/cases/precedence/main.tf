variable "a" { default = "default" }
variable "b" { default = "default" }
variable "c" { default = "default" }
variable "d" { default = "default" }
variable "e" { default = "default" }
variable "list" { type = list(string) }
variable "number" { type = number }
variable "any" { default = null }
variable "truth" { type = bool }
variable "set" { type = set(string) }
output "all" {
  value = [var.a, var.b, var.c, var.d, var.e, var.list, var.number, var.any, var.truth, var.set]
}
