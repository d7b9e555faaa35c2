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
  l1 = var.name
}

resource "terraform_data" "r2" {
  for_each = { for k, v in zipmap(["a", "d"], [var.options.first, coalesce(var.options.first, "none")]) : k => upper(v) }
  input = { for i, x in distinct(tolist(values(var.labels))) : "k${i}" => x }
  triggers_replace = [lookup(tomap({ a = local.l1, c = local.l1 }), "a", var.password), 1]
}

locals {
  l3 = var.enabled
  l4 = reverse(flatten([var.items, [var.name]]))
  l5 = var.size * 2
  l6 = tolist([var.password, var.options.first])
}

resource "terraform_data" "r7" {
  count = 2
  input = keys({ for k, r in terraform_data.r2 : k => r.id })
  triggers_replace = [try(var.labels["zz"], jsonencode({ name = "", size = var.size })), 1]
}

locals {
  l8 = contains(split("-", var.name), try(var.options.tags["zz"], "%{ if local.l3 }yes%{ else }no%{ endif }"))
  l9 = var.password
  l10 = !(contains(var.items, local.l1))
}

output "o11" {
  value = var.options.first
}

output "o12" {
  value = length([])
}

output "o13" {
  value = replace(var.password, "a", "o") != null
  sensitive = true
}

output "o14" {
  value = flatten([keys(terraform_data.r2), [var.options.first]])
}

output "o15" {
  value = { a = "m" }
}

