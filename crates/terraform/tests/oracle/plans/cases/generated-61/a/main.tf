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
  l2 = var.options.tags
  l3 = "${""}-${local.l1}"
}

resource "terraform_data" "r4" {
  count = 3
  input = reverse(var.items)
}

locals {
  l5 = formatlist("%s!", flatten([var.items, [var.options.first]]))
  l6 = tolist(["%{ for x in local.l5 }<${x}>%{ endfor }", substr("${local.l3}-long", 0, 3)])
  l7 = ((var.enabled ? var.size : var.size) > length(var.labels) ? (local.l1 * 2 + length(local.l5)) : max((local.l1 + length(terraform_data.r4)), length(["x", "y"])))
  l8 = "p-${"%{ for x in terraform_data.r4[*].id }<${x}>%{ endfor }"}"
}

resource "terraform_data" "r9" {
  for_each = toset(formatlist("%s!", reverse(local.l5)))
  input = ["%{ if var.enabled }yes%{ else }no%{ endif }", ((var.enabled ? { v = var.password } : { v = each.key }).v)]
}

locals {
  l10 = trimspace(" ${var.password} ")
  l11 = contains(terraform_data.r4[*].id, local.l3)
  l12 = [for x in [for x in local.l6 : x if x != ""] : "${x}-${try(var.options.tags["zz"], "beta")}"]
}

output "o13" {
  value = trimspace(" ${"${"Grüße"}-${local.l7}"} ")
}

output "o14" {
  value = length(local.l10)
  sensitive = true
}

output "o15" {
  value = var.enabled
}

output "o16" {
  value = (can({ for k, r in terraform_data.r9 : k => r.id }.a) ? tolist(sort(tolist(var.items))) : tolist([]))
}

output "o17" {
  value = { for k, r in terraform_data.r9 : k => r.id }
}

