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
  l1 = var.enabled
}

resource "terraform_data" "r2" {
  input = length(formatlist("%s!", var.items))
  triggers_replace = ["%{ for x in slice(concat(["s", (local.l1 ? var.password : var.name)], distinct(tolist(var.items))), 0, 2) }<${x}>%{ endfor }", 1]
}

locals {
  l3 = "%{ for x in [for x in [for x in var.items : x if x != ""] : "${x}-${"%{ for x in var.items }<${x}>%{ endfor }"}"] }<${x}>%{ endfor }"
  l4 = length(var.options.first)
  l5 = (var.enabled ? "alpha" : var.name)
}

resource "terraform_data" "r6" {
  count = min(3, sum([sum([length(var.options.first), 1]), 1]))
  input = join("-", [{ v = terraform_data.r2.id }, { v = var.name }][*].v)
}

locals {
  l7 = [for x in distinct(tolist(var.items)) : x if x != coalesce(var.options.first, "none")]
  l8 = length(local.l3)
  l9 = [var.name]
  l10 = terraform_data.r2.output
}

output "o11" {
  value = local.l3
}

output "o12" {
  value = local.l10 * 2 % 3
}

output "o13" {
  value = contains(var.items, var.password)
  sensitive = true
}

output "o14" {
  value = formatlist("%s!", [for x in split("-", var.password) : x if x != substr("${local.l5}-long", 0, 3)])
  sensitive = true
}

output "o15" {
  value = var.labels
}

