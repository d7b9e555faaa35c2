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
  l1 = (var.enabled || var.enabled)
  l2 = !(!(can(var.labels.a)))
}

resource "terraform_data" "r3" {
  input = (var.size + var.size)
}

resource "terraform_data" "r4" {
  input = (upper(var.options.first) != null ? (terraform_data.r3.input + (local.l2 ? terraform_data.r3.input : terraform_data.r3.output)) : sum([length(var.password), 1]))
}

locals {
  l5 = terraform_data.r4.input
  l6 = tostring(length(var.labels))
  l7 = var.size > terraform_data.r4.output
}

module "m8" {
  source = "./a"
  size = sum([terraform_data.r3.output % 3, 1])
  enabled = startswith(((local.l1 ? { v = local.l6 } : { v = var.options.first }).v), "p")
  items = values({ a = local.l6, b = "alpha" })
  labels = merge(var.options.tags, { b = var.options.first })
  password = var.name
  options = { first = "f-${"alpha"}", other = 1 }
}

module "m9" {
  source = "./a"
  for_each = toset([for x in [var.options.first] : x if x != jsonencode({ name = local.l6, size = 7 })])
  size = max(length(var.options.tags), sum([7, 1]))
  enabled = contains(concat(tolist([each.value, local.l6]), slice(concat(["s", each.key], var.items), 0, 2)), "%{ for x in tolist([var.options.first, each.value]) }<${x}>%{ endfor }")
  items = values({ for i, x in distinct(tolist(tolist(["l"]))) : "k${i}" => x })
  password = each.key
  options = { first = "f-${try(var.options.tags["zz"], "p-${""}")}", other = 1 }
}

resource "terraform_data" "r10" {
  input = (var.enabled ? var.size : var.size)
}

locals {
  l11 = [for x in sort(tolist(flatten([var.items, ["Grüße"]]))) : "${x}-${terraform_data.r3.id}"]
}

output "o12" {
  value = coalesce(local.l6, "none")
}

output "o13" {
  value = terraform_data.r10.output
}

output "o14" {
  value = (local.l1 || module.m8.o14)
  sensitive = true
}

output "o15" {
  value = var.items
}

output "o16" {
  value = { a = (local.l7 ? terraform_data.r10.id : "beta") }
  sensitive = true
}

