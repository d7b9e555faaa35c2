variable "a" {
  default = { x = [1 + 1, "${"b"}-c", true ? 1 : 2, [for x in [1, 2] : x * 2][0]] }
}

variable "b" {
  type = list(string)
}

variable "c" {
  default = "not given"
}

output "all" {
  value = [var.a, var.b, var.c]
}
