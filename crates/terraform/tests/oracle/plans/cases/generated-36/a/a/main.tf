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
  l1 = flatten([var.items, [var.options.first]])
}

resource "terraform_data" "r2" {
  for_each = { for k, v in merge({ for k, v in var.options.tags : "${k}-x" => v if k != "b" }, { b = "%{ for x in local.l1 }<${x}>%{ endfor }" }) : k => upper(v) }
  input = ((var.enabled && var.enabled) ? length(local.l1) : sum([var.size, 1]))
  triggers_replace = [((var.size > 1 ? { v = "%{ if var.enabled }yes%{ else }no%{ endif }" } : { v = each.key }).v), 1]
}

locals {
  l3 = tolist(toset([var.options.first, "set"]))
  l4 = sum([var.size, 1])
  l5 = var.labels
}

resource "terraform_data" "r6" {
  for_each = local.l5
  input = local.l4 * 2
  triggers_replace = [upper(var.name), 1]
}

locals {
  l7 = tolist([substr("${"beta"}-long", 0, 3), substr("${var.options.first}-long", 0, 3)])
}

output "o8" {
  value = var.options.first
}

output "o9" {
  value = max((var.enabled ? var.size : var.size), length(local.l3))
}

output "o10" {
  value = length(local.l1) > 0
}

output "o11" {
  value = var.items
}

output "o12" {
  value = tomap({ a = coalesce("p-${var.options.first}", "none"), c = try({ for k, v in var.labels : k => upper(v) }["zz"], replace(var.options.first, "a", "o")) })
}

