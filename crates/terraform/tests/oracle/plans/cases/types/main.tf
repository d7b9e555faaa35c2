variable "any" {
  type    = any
  default = { a = 1, b = ["x", 2] }
}

variable "list_of_any" {
  type    = list(any)
  default = ["a", 1, true]
}

variable "map_of_any" {
  type    = map(any)
  default = { a = 1, b = "2" }
}

variable "set_of_numbers" {
  type    = set(number)
  default = ["3", 1, "2", 1]
}

variable "tuple" {
  type    = tuple([string, number, bool])
  default = [1, "2", "true"]
}

variable "object" {
  type    = object({ a = string, b = list(number) })
  default = { a = true, b = ["1"], c = "dropped" }
}

variable "legacy" {
  default = "untyped"
}

variable "nested" {
  type    = map(list(object({ n = number })))
  default = { a = [{ n = "1" }, { n = 2, z = 1 }] }
}

variable "numbers" {
  type    = list(number)
  default = [1e3, 0.1, -5, 100000000000000000000, "1.50"]
}

output "all" {
  value = [var.any, var.list_of_any, var.map_of_any, var.set_of_numbers, var.tuple, var.object, var.legacy, var.nested, var.numbers]
}

resource "terraform_data" "all" {
  input = [var.any, var.list_of_any, var.map_of_any, var.set_of_numbers, var.tuple, var.object]
}
