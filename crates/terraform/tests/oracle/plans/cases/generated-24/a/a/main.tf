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
  l1 = distinct(tolist(var.items))
}

resource "terraform_data" "r2" {
  input = var.enabled
}

locals {
  l3 = tolist(toset(["%{ for x in [var.name, var.name] }<${x}>%{ endfor }", "set"]))
}

resource "terraform_data" "r4" {
  count = var.enabled ? 1 : 0
  input = ("beta" != null ? tomap(merge(var.options.tags, { b = var.password })) : tomap({ e = try(tomap({ a = "1", b = "2" })["zz"], var.password) }))
}

locals {
  l5 = (terraform_data.r2.input ? try({ a = var.password }["zz"], format("%s/%03d", var.password, length(terraform_data.r4))) : jsonencode({ name = jsonencode(tolist(["l"])), size = max(length(terraform_data.r4), var.size) }))
  l6 = local.l1
  l7 = join("-", local.l6)
}

output "o8" {
  value = terraform_data.r2.id
}

output "o9" {
  value = (var.size + (terraform_data.r2.input ? var.size : length(terraform_data.r4)))
}

output "o10" {
  value = max(length(terraform_data.r4), 0) > 1
}

output "o11" {
  value = [local.l7, local.l7]
}

output "o12" {
  value = merge({ a = jsonencode({ name = var.name, size = var.size }) }, { b = var.password })
  sensitive = true
}

