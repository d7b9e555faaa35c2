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
  l1 = length(distinct(tolist(var.items)))
  l2 = var.enabled
  l3 = (((true && local.l2) || can(var.labels.a)) ? length(var.labels) % 3 : (var.size > local.l1 ? length(var.items) : sum([local.l1, 1])))
}

resource "terraform_data" "r4" {
  input = { a = "%{ if local.l3 > local.l1 }yes%{ else }no%{ endif }", b = var.name }
  triggers_replace = [format("%s/%03d", trimspace(" ${var.name} "), max(length("beta"), sum([var.size, 1]))), 1]
}

locals {
  l5 = contains(reverse(var.items), replace(terraform_data.r4.id, "a", "o"))
  l6 = tomap({ a = terraform_data.r4.id, c = terraform_data.r4.id })
  l7 = length(terraform_data.r4.input)
}

resource "terraform_data" "r8" {
  for_each = { for k, v in var.labels : "${k}-x" => v if k != "b" }
  input = "p-${var.options.first}"
}

locals {
  l9 = (1 + local.l7) % 3
  l10 = "%{ if one([terraform_data.r4.id]) != null }yes%{ else }no%{ endif }"
  l11 = var.items
}

output "o12" {
  value = local.l10
}

output "o13" {
  value = var.size * 2
}

output "o14" {
  value = var.size > local.l3
}

output "o15" {
  value = tolist(toset([var.name, "set"]))
}

output "o16" {
  value = { for k, v in { for k, r in terraform_data.r8 : k => r.id } : k => upper(v) }
}

