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
  l1 = { for k, v in var.options.tags : k => upper(v) }
  l2 = tostring((max(var.size, var.size) + var.size))
}

resource "terraform_data" "r3" {
  input = { a = "p-${substr("${local.l2}-long", 0, 3)}", b = "Grüße" }
}

resource "terraform_data" "r4" {
  count = 3
  input = ((1 + var.size) % 3 + (count.index + count.index))
}

locals {
  l5 = sort(tolist(var.items))
}

module "m6" {
  source = "./a"
  for_each = toset(sort(tolist(var.items)))
  size = var.size * 2 % 3
  enabled = can(var.labels.a)
  labels = tomap({ a = each.value, c = upper(try(var.options.tags["zz"], each.value)) })
  password = substr("${var.password}-long", 0, 3)
}

module "m7" {
  source = "./a"
  for_each = { for k, v in tomap({ a = var.options.first, c = var.options.first }) : k => upper(v) }
  name = format("%s/%03d", var.name, var.size)
  size = length(split("-", element(concat(["z"], terraform_data.r4[*].id), 1)))
  enabled = false
  password = var.password
}

resource "terraform_data" "r8" {
  count = min(3, length(terraform_data.r4) * 2)
  input = terraform_data.r3.output
}

locals {
  l9 = { for i, x in sort(tolist(terraform_data.r8[*].id)) : "k${i}" => x }
  l10 = 2
  l11 = (var.enabled && ("alpha" != null || true))
  l12 = sum([local.l10, 1]) > length(local.l2)
}

output "o13" {
  value = coalesce(((var.enabled ? { v = local.l2 } : { v = terraform_data.r3.id }).v), "none")
}

output "o14" {
  value = (local.l12 ? length(terraform_data.r4) : 7) * 2
}

output "o15" {
  value = (local.l12 && length(formatlist("%s!", terraform_data.r4[*].id)) > 0)
}

output "o16" {
  value = compact([join("-", [{ v = var.options.first }, { v = var.options.first }][*].v), ""])
}

output "o17" {
  value = { a = local.l2 }
}

