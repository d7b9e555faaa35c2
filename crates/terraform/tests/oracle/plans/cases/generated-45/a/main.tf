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
  l1 = upper(var.password)
  l2 = var.size
  l3 = (!(var.enabled) ? length(var.labels) : 7) % 3
  l4 = tostring(max(1, (var.enabled ? var.size : local.l2)))
}

resource "terraform_data" "r5" {
  input = length(tomap({ a = local.l4, c = local.l1 }))
  triggers_replace = [var.password, 1]
}

resource "terraform_data" "r6" {
  input = var.password
}

resource "terraform_data" "r7" {
  for_each = (length(var.items) > 0 ? tomap((var.enabled ? tomap(var.labels) : tomap({ e = var.options.first }))) : tomap({ e = (var.enabled ? var.options.first : var.options.first) }))
  input = sort(tolist([each.key]))
}

locals {
  l8 = format("%s/%03d", terraform_data.r6.id, terraform_data.r5.input)
  l9 = { for k, r in terraform_data.r7 : k => r.id }
  l10 = keys(terraform_data.r7)
  l11 = (local.l3 + length(local.l10))
}

resource "terraform_data" "r12" {
  count = min(3, length(""))
  input = { for k, r in terraform_data.r7 : k => r.id }
}

locals {
  l13 = tolist(toset([join("-", terraform_data.r12[*].id), "set"]))
}

output "o14" {
  value = substr("${one([local.l1])}-long", 0, 3)
  sensitive = true
}

output "o15" {
  value = sum([terraform_data.r5.input, 1])
  sensitive = true
}

output "o16" {
  value = terraform_data.r5.output > terraform_data.r5.output
  sensitive = true
}

output "o17" {
  value = (length(terraform_data.r12) % 3 > (local.l3 + local.l2) ? tolist(values({ for k, v in { for k, r in terraform_data.r7 : k => r.id } : k => upper(v) })) : tolist([]))
}

output "o18" {
  value = var.labels
}

