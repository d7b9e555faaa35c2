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
  l1 = var.name == var.name
}

resource "terraform_data" "r2" {
  input = var.options.tags
}

resource "terraform_data" "r3" {
  count = 2
  input = tolist(toset([try(var.labels["zz"], var.password), "set"]))
}

resource "terraform_data" "r4" {
  input = length(terraform_data.r2.id)
}

locals {
  l5 = (var.enabled ? tomap(terraform_data.r2.input) : tomap({ e = var.name }))
}

module "m6" {
  source = "./a"
  for_each = toset((var.enabled ? tolist(formatlist("%s!", formatlist("%s!", var.items))) : tolist([])))
  name = (local.l1 ? var.name : "")
  size = sum([max(terraform_data.r4.input, (terraform_data.r4.input + var.size)), 1])
  enabled = each.value == each.value
}

module "m7" {
  source = "./a"
  count = 2
  name = upper(var.options.first)
  enabled = can(var.options.tags.a)
  labels = terraform_data.r2.input
  options = { first = "f-${upper(var.options.first)}", other = 1 }
}

resource "terraform_data" "r8" {
  for_each = toset(var.items)
  input = trimspace(" ${terraform_data.r4.id} ")
}

locals {
  l9 = terraform_data.r4.input
  l10 = values(zipmap(["a", "d"], [var.name, var.name]))
}

output "o11" {
  value = ((startswith("", "p") && local.l1) ? (startswith(terraform_data.r2.id, "p") ? upper("") : "p-${terraform_data.r2.id}") : try({ a = terraform_data.r4.id }["zz"], ((true ? { v = terraform_data.r4.id } : { v = var.options.first }).v)))
}

output "o12" {
  value = length(terraform_data.r3) % 3
}

output "o13" {
  value = true
}

output "o14" {
  value = concat(terraform_data.r3[*].id, tolist([terraform_data.r4.id, var.name]))
}

output "o15" {
  value = { for k, v in { for i, x in keys(terraform_data.r8) : "k${i}" => x } : "${k}-x" => v if k != "b" }
}

