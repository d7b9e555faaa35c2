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
  l1 = length(var.items) > 0
  l2 = (!(false) ? jsonencode(split("-", var.name)) : upper(try(var.labels["zz"], "")))
}

resource "terraform_data" "r3" {
  count = 2
  input = (coalesce(var.options.first, "none") != null && var.enabled)
}

resource "terraform_data" "r4" {
  count = 1
  input = join("-", tolist(["beta", var.options.first]))
}

locals {
  l5 = join("-", terraform_data.r4[*].id)
  l6 = trimspace(" ${(length(terraform_data.r4) > var.size ? jsonencode({ name = local.l2, size = length(terraform_data.r3) }) : coalesce(local.l5, "none"))} ")
}

module "m7" {
  source = "./a"
  name = var.options.first
  size = sum([sum([sum([length(terraform_data.r3), 1]), 1]), 1])
  enabled = (startswith(var.options.first, "p") || startswith(join("-", terraform_data.r4[*].input), "p"))
  items = terraform_data.r4[*].input
  password = "${replace(one([var.options.first]), "a", "o")}-${length({ for k, v in var.options.tags : "${k}-x" => v if k != "b" })}"
  options = { first = "f-${"beta"}", other = 1 }
}

resource "terraform_data" "r8" {
  for_each = { a = "m" }
  input = lookup(var.options.tags, "a", each.key)

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l9 = join("-", [for x in tolist(toset([var.name, "set"])) : "${x}-${((module.m7.o12 ? { v = var.name } : { v = var.options.first }).v)}"])
  l10 = length(var.labels)
  l11 = module.m7.o10
}

output "o12" {
  value = format("%s/%03d", (module.m7.o12 ? tostring(local.l10) : one([var.name])), length(local.l2))
}

output "o13" {
  value = max(max((local.l1 ? 0 : length(terraform_data.r4)), length(var.items)), length(tostring(var.size)))
}

output "o14" {
  value = startswith((local.l1 ? local.l11 : var.options.first), "p")
  sensitive = true
}

output "o15" {
  value = values(terraform_data.r8)[*].input
}

output "o16" {
  value = { for k, v in (local.l1 ? tomap(var.labels) : tomap({ e = var.options.first })) : k => upper(v) }
}

