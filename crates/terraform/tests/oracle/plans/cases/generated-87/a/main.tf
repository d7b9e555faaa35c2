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
  l1 = startswith(substr("${var.options.first}-long", 0, 3), "p")
  l2 = length(var.name)
  l3 = [{ v = var.options.first }, { v = "p-${var.name}" }][*].v
}

resource "terraform_data" "r4" {
  for_each = toset(var.items)
  input = var.labels
}

resource "terraform_data" "r5" {
  for_each = toset([upper(var.options.first), format("%s/%03d", var.options.first, 2)])
  input = can({ for k, v in { a = "", b = var.password } : "${k}-x" => v if k != "b" }.a)
}

locals {
  l6 = sum([local.l2 * 2, 1])
  l7 = tostring(local.l6)
  l8 = slice(concat(["s", local.l7], local.l3), 0, 2)
}

resource "terraform_data" "r9" {
  input = length(var.name)
  triggers_replace = [format("%s/%03d", coalesce(var.options.first, "none"), 0 * 2), 1]
}

locals {
  l10 = { a = one([terraform_data.r9.id]) }
  l11 = length({ for k, r in terraform_data.r5 : k => r.id })
  l12 = jsonencode({ name = replace(terraform_data.r9.id, "a", "o"), size = local.l6 })
  l13 = var.enabled
}

output "o14" {
  value = "p-${try({ for k, r in terraform_data.r5 : k => r.id }["zz"], local.l7)}"
}

output "o15" {
  value = (false ? terraform_data.r9.output : local.l11)
}

output "o16" {
  value = contains(sort(tolist(flatten([keys(terraform_data.r4), [local.l12]]))), format("%s/%03d", upper(local.l12), (var.size + terraform_data.r9.output)))
}

output "o17" {
  value = tolist(toset([local.l12, "set"]))
}

output "o18" {
  value = { for i, x in keys(terraform_data.r5) : "k${i}" => x }
}

