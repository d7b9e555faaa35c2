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
  l1 = jsonencode({ name = var.name, size = ("Grüße" == var.password ? (var.size + var.size) : (var.enabled ? var.size : var.size)) })
  l2 = (length(reverse(var.items)) > 0 ? tomap(merge(merge(tomap({ a = "1", b = "2" }), { b = local.l1 }), { b = (var.enabled ? var.options.first : local.l1) })) : tomap({ e = trimspace(" ${one([""])} ") }))
}

resource "terraform_data" "r3" {
  for_each = var.labels
  input = tostring(max(var.size, var.size))
}

resource "terraform_data" "r4" {
  for_each = var.options.tags
  input = length([var.name, join("-", [])]) > 0

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l5 = contains(values({ a = var.password, b = var.options.first }), local.l1)
  l6 = local.l5
}

resource "terraform_data" "r7" {
  count = var.enabled ? 1 : 0
  input = count.index
}

locals {
  l8 = !(local.l6)
  l9 = var.options.first
  l10 = (length(keys(terraform_data.r3)) > 0 ? tolist(terraform_data.r7[*].id) : tolist([]))
}

output "o11" {
  value = var.options.first
}

output "o12" {
  value = var.size
}

output "o13" {
  value = !(startswith(local.l1, "p"))
  sensitive = true
}

output "o14" {
  value = slice(concat(["s", var.password], slice(concat(["s", "%{ if local.l5 }yes%{ else }no%{ endif }"], [for k, v in { for k, r in terraform_data.r4 : k => r.id } : "${k}=${v}"]), 0, 2)), 0, 2)
  sensitive = true
}

output "o15" {
  value = zipmap(["a", "d"], [local.l9, one([upper(var.options.first)])])
}

