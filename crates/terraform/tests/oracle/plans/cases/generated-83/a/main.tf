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
  l1 = max(var.size, length({ a = var.name }))
}

resource "terraform_data" "r2" {
  for_each = toset(var.items)
  input = format("%s/%03d", var.name, length("p-${var.options.first}"))
  triggers_replace = [((can({ for i, x in var.items : "k${i}" => x }.a) ? { v = each.value } : { v = "%{ if length(var.items) > 0 }yes%{ else }no%{ endif }" }).v), 1]
}

resource "terraform_data" "r3" {
  count = min(3, 2 % 3)
  input = { a = var.name }
  triggers_replace = [element(concat(["z"], keys({ for k, v in var.labels : "${k}-x" => v if k != "b" })), 1), 1]
}

resource "terraform_data" "r4" {
  input = distinct(tolist(keys(terraform_data.r2)))
  triggers_replace = [trimspace(" ${trimspace(" ${var.options.first} ")} "), 1]
}

locals {
  l5 = terraform_data.r3[*].id
  l6 = max(max(length(terraform_data.r3), 7), length(keys(terraform_data.r2)))
}

resource "terraform_data" "r7" {
  for_each = zipmap(["a", "d"], [var.options.first, var.options.first])
  input = (var.enabled ? tomap(var.labels) : tomap({ e = each.value }))

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l8 = (var.enabled || false)
}

output "o9" {
  value = var.password
  sensitive = true
}

output "o10" {
  value = length({ for k, r in terraform_data.r2 : k => r.id })
}

output "o11" {
  value = var.enabled
}

output "o12" {
  value = [for k, v in { for k, r in terraform_data.r7 : k => r.id } : "${k}=${v}"]
}

output "o13" {
  value = (var.enabled ? tomap({ for k, r in terraform_data.r2 : k => r.id }) : tomap({ e = terraform_data.r4.id }))
}

