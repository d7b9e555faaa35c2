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
  l1 = { for k, v in merge({ a = "", b = var.password }, { b = format("%s/%03d", var.password, var.size) }) : k => upper(v) }
  l2 = max(var.size, var.size)
  l3 = split("-", ((length(var.items) > 0 ? { v = var.options.first } : { v = "" }).v))
  l4 = (var.enabled ? tomap(var.options.tags) : tomap({ e = var.password }))
}

resource "terraform_data" "r5" {
  input = true
}

locals {
  l6 = merge(var.options.tags, { b = var.password })
  l7 = ((var.enabled ? local.l2 : var.size) > (var.enabled ? var.size : local.l2) ? length(one(["Grüße"])) : max(length("Grüße"), sum([local.l2, 1])))
  l8 = { a = "p-${var.password}" }
  l9 = var.items
}

resource "terraform_data" "r10" {
  input = local.l2 % 3
}

locals {
  l11 = tolist(["l"])
  l12 = compact([var.options.first, ""])
}

output "o13" {
  value = upper(var.password)
  sensitive = true
}

output "o14" {
  value = length(local.l6) * 2
  sensitive = true
}

output "o15" {
  value = var.name != null
}

output "o16" {
  value = local.l11
}

output "o17" {
  value = { for k, v in var.labels : k => upper(v) }
}

