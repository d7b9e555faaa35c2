variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = sort(tolist([try(var.labels["zz"], var.password), "alpha"]))
  l2 = var.password
  l3 = "Grüße"
}

resource "terraform_data" "r4" {
  for_each = var.labels
  input = jsonencode([for x in var.items : x if x != local.l2]) == tostring(var.size)
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = { a = "%{ for x in sort(tolist(local.l1)) }<${x}>%{ endfor }" }
}

locals {
  l6 = var.password
  l7 = local.l1
}

module "m8" {
  source = "./a"
  for_each = zipmap(["a", "d"], [replace(local.l3, "a", "o"), jsonencode({ name = var.options.first, size = length(terraform_data.r5) })])
  name = var.options.first
  size = (length(terraform_data.r5) + length({ a = "m" }))
  enabled = (startswith(trimspace(" ${var.options.first} "), "p") || var.enabled)
  items = keys(terraform_data.r4)
}

module "m9" {
  source = "./a"
  name = substr("${var.name}-long", 0, 3)
  size = (var.enabled ? 7 : 0)
  labels = var.options.tags
  password = var.options.first
  options = { first = "f-${local.l3}", other = 1 }
}

resource "terraform_data" "r10" {
  for_each = { a = "m" }
  input = { for k, v in { for k, r in terraform_data.r4 : k => r.id } : "${k}-x" => v if k != "b" }
}

locals {
  l11 = replace(one([var.name]), "a", "o")
}

output "o12" {
  value = replace((module.m9.o12 ? local.l2 : local.l6), "a", "o")
  sensitive = true
}

output "o13" {
  value = length(module.m9.o13)
}

output "o14" {
  value = lookup(tomap({ a = "1", b = "2" }), "a", local.l3) == "%{ for x in keys(terraform_data.r4) }<${x}>%{ endfor }"
}

output "o15" {
  value = split("-", "Grüße")
}

output "o16" {
  value = { for i, x in split("-", var.options.first) : "k${i}" => x }
}

