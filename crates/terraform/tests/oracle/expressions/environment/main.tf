# What the cases of the expression suite may refer to. The cases are evaluated as in a plan without state.

terraform {
  required_providers {
    terraform = {
      source = "terraform.io/builtin/terraform"
    }
  }
}

variable "secret" {
  default   = "hunter2"
  sensitive = true
}

variable "secret_number" {
  default   = 7
  sensitive = true
}

variable "secret_bool" {
  default   = true
  sensitive = true
}

variable "secret_list" {
  type      = list(string)
  default   = ["x", "y"]
  sensitive = true
}

variable "secret_set" {
  type      = set(string)
  default   = ["x", "y"]
  sensitive = true
}

variable "secret_map" {
  type      = map(string)
  default   = { k = "v" }
  sensitive = true
}

variable "secret_object" {
  type      = object({ a = string, b = number })
  default   = { a = "s", b = 1 }
  sensitive = true
}

variable "secret_null" {
  type      = string
  default   = null
  sensitive = true
}

variable "token" {
  default   = "tok"
  ephemeral = true
}

variable "token_secret" {
  default   = "both"
  ephemeral = true
  sensitive = true
}

variable "nothing" {
  type    = any
  default = null
}

variable "no_list" {
  type    = list(string)
  default = null
}

variable "no_set" {
  type    = set(number)
  default = null
}

variable "no_map" {
  type    = map(string)
  default = null
}

variable "no_object" {
  type    = object({ a = string, b = number })
  default = null
}

variable "no_tuple" {
  type    = tuple([string, number])
  default = null
}

variable "shape" {
  type = object({
    name = string
    size = optional(number, 3)
    tags = optional(map(string))
    rule = optional(object({ port = optional(number, 80), open = optional(bool) }), {})
  })
  default = { name = "n", other = true }
}

variable "shapes" {
  type    = map(object({ name = optional(string, "none"), size = optional(number) }))
  default = { a = { name = "x" }, b = { size = "4" }, c = { name = null } }
}

variable "template" {
  default = "Hello, $${name}!"
}

variable "list" {
  type    = list(string)
  default = ["a", "b", "c"]
}

variable "set" {
  type    = set(string)
  default = ["c", "a", "b"]
}

variable "map" {
  type    = map(string)
  default = { one = "1", two = "2", three = "3" }
}

variable "numbers" {
  type    = list(number)
  default = [3, 1, 2]
}

variable "people" {
  type = list(object({ name = string, age = number, tags = list(string) }))
  default = [
    { name = "ann", age = 31, tags = ["x", "y"] },
    { name = "bob", age = null, tags = [] },
    { name = "cid", age = 7, tags = null },
  ]
}

variable "mixed" {
  default = { a = [1, "two", true, null], b = { c = { d = "deep" } } }
}

resource "terraform_data" "text" {
  input = "x"
}

resource "terraform_data" "any" {
  input = jsondecode(terraform_data.text.output)
}

resource "terraform_data" "number" {
  input = 1
}

resource "terraform_data" "bool" {
  input = true
}

resource "terraform_data" "list" {
  input = tolist(["x"])
}

resource "terraform_data" "numbers" {
  input = tolist([1])
}

resource "terraform_data" "set" {
  input = toset(["x"])
}

resource "terraform_data" "map" {
  input = tomap({ k = "x" })
}

resource "terraform_data" "tuple" {
  input = ["x", 1]
}

resource "terraform_data" "object" {
  input = { a = "x", b = 1 }
}

resource "terraform_data" "nested" {
  input = tolist([{ name = "x", tags = tolist(["y"]) }])
}

module "typed" {
  source  = "./typed"
  id      = terraform_data.text.id
  text    = terraform_data.text.output
  number  = terraform_data.number.output
  bool    = terraform_data.bool.output
  list    = terraform_data.list.output
  numbers = terraform_data.numbers.output
  set     = terraform_data.set.output
  map     = terraform_data.map.output
  tuple   = terraform_data.tuple.output
  object  = terraform_data.object.output
  nested  = terraform_data.nested.output
}

locals {
  # A text that is not null, a text that may be null, and so on: all unknown.
  u_id      = module.typed.id
  u_text    = module.typed.text
  u_any     = terraform_data.any.output
  u_number  = module.typed.number
  u_bool    = module.typed.bool
  u_list    = module.typed.list
  u_numbers = module.typed.numbers
  u_set     = module.typed.set
  u_map     = module.typed.map
  u_tuple   = module.typed.tuple
  u_object  = module.typed.object
  u_nested  = module.typed.nested
  u_secret  = sensitive(module.typed.text)

  # Known with unknown parts.
  p_list   = tolist(["a", module.typed.id, "c"])
  p_set    = toset(["a", module.typed.id])
  p_map    = tomap({ a = "x", b = module.typed.id })
  p_object = { a = "x", b = module.typed.id, c = var.secret }
}
