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
  l1 = (var.name == var.password ? length(var.name) : length(var.options.first)) * 2
}

resource "terraform_data" "r2" {
  count = var.enabled ? 1 : 0
  input = length(var.items) > 1 % 3
}

resource "terraform_data" "r3" {
  for_each = (var.enabled ? tomap(var.labels) : tomap({ e = var.options.first }))
  input = var.labels

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r4" {
  input = slice(concat(["s", jsonencode(terraform_data.r2[*].id)], reverse(terraform_data.r2[*].id)), 0, 2)
}

locals {
  l5 = var.enabled
  l6 = values(tomap({ a = var.options.first, c = var.name }))
  l7 = (false ? tolist(var.items) : tolist([]))
}

resource "terraform_data" "r8" {
  for_each = toset(sort(tolist(concat(reverse(local.l7), reverse(local.l7)))))
  input = { for k, v in { for k, v in var.labels : k => upper(v) } : "${k}-x" => v if k != "b" }
  triggers_replace = ["alpha", 1]
}

locals {
  l9 = { a = join("-", tolist(["l"])), b = element(concat(["z"], terraform_data.r4.output), 1) }
  l10 = jsonencode({ name = lookup(var.options.tags, "a", var.password), size = length(terraform_data.r4.output) })
}

output "o11" {
  value = tostring(max(local.l1, length(keys(terraform_data.r3))))
  sensitive = true
}

output "o12" {
  value = max(local.l1, ((var.size + var.size) + max(local.l1, length(terraform_data.r2))))
  sensitive = true
}

output "o13" {
  value = can({ for k, v in tomap({ a = var.password, c = var.options.first }) : "${k}-x" => v if k != "b" }.a)
  sensitive = true
}

output "o14" {
  value = [var.password, var.password]
  sensitive = true
}

output "o15" {
  value = { for k, r in terraform_data.r3 : k => r.id }
}

