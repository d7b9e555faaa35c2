variable "a" {
  default = { x = var.b }
}

variable "b" {
  default = 1
}
