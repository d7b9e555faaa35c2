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
  l1 = var.size
  l2 = var.password == var.options.first
  l3 = local.l1
}

resource "terraform_data" "r4" {
  for_each = toset(var.items)
  input = (var.enabled ? tolist(split("-", each.value)) : tolist([]))
  triggers_replace = ["%{ for x in var.items }<${x}>%{ endfor }", 1]
}

locals {
  l5 = [coalesce(var.options.first, "none"), "alpha"]
  l6 = "p-${one([upper(var.options.first)])}"
}

resource "terraform_data" "r7" {
  input = join("-", keys(terraform_data.r4))
}

locals {
  l8 = ((local.l1 + var.size) + length(var.items))
  l9 = jsonencode({ name = tostring(2 % 3), size = max((local.l3 + local.l3), sum([var.size, 1])) })
  l10 = max(1, 2) > length({ for k, r in terraform_data.r4 : k => r.id })
}

output "o11" {
  value = substr("${"p-${local.l6}"}-long", 0, 3)
}

output "o12" {
  value = (length(jsonencode({ name = var.options.first, size = local.l3 })) + (contains(keys(terraform_data.r4), terraform_data.r7.input) ? (var.enabled ? local.l1 : local.l1) : max(0, 0)))
}

output "o13" {
  value = var.options.first == var.password
  sensitive = true
}

output "o14" {
  value = sort(tolist(local.l5))
}

output "o15" {
  value = var.labels
}

