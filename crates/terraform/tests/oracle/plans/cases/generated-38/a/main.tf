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
  l1 = length((var.enabled ? var.name : var.name))
  l2 = keys((var.enabled ? tomap(var.options.tags) : tomap({ e = var.password })))
  l3 = contains(var.items, var.name)
  l4 = { for k, v in { a = var.name } : k => upper(v) }
}

resource "terraform_data" "r5" {
  input = "%{ for x in local.l2 }<${x}>%{ endfor }"
}

locals {
  l6 = startswith(one([var.name]), "p")
  l7 = can(var.labels.a)
}

resource "terraform_data" "r8" {
  input = coalesce(var.name, "none")
  triggers_replace = ["${var.name}-${var.size}", 1]
}

locals {
  l9 = local.l3
  l10 = max(length(var.password), (var.size + var.size))
}

output "o11" {
  value = var.name
}

output "o12" {
  value = (length(var.items) + local.l1 % 3)
}

output "o13" {
  value = (local.l3 || !(startswith(terraform_data.r8.id, "p")))
}

output "o14" {
  value = concat(local.l2, keys(var.options.tags))
  sensitive = true
}

output "o15" {
  value = var.labels
}

