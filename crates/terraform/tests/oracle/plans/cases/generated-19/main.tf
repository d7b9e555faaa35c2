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
  l1 = (var.enabled ? tolist(var.items) : tolist([]))
}

resource "terraform_data" "r2" {
  count = min(3, 0)
  input = split("-", trimspace(" ${substr("${var.options.first}-long", 0, 3)} "))
}

resource "terraform_data" "r3" {
  input = [for x in var.items : x if x != var.options.first]
}

resource "terraform_data" "r4" {
  count = 2
  input = false
}

locals {
  l5 = length([for x in slice(concat(["s", ""], terraform_data.r3.output), 0, 2) : "${x}-${trimspace(" ${var.name} ")}"])
  l6 = { for k, v in { a = "m" } : k => upper(v) }
  l7 = [for k, v in local.l6 : "${k}=${v}"]
  l8 = split("-", var.password)
}

module "m9" {
  source = "./a"
  count = min(3, max(length(terraform_data.r4), length([var.options.first])))
  name = terraform_data.r3.id
  size = max(sum([local.l5, 1]), sum([length(terraform_data.r4), 1])) * 2
  enabled = (var.enabled && var.enabled)
  labels = tomap({ a = var.options.first, c = var.options.first })
}

module "m10" {
  source = "./a"
  count = var.enabled ? 1 : 0
  name = jsonencode(var.items)
  size = length("${terraform_data.r3.id}-${length(terraform_data.r4)}")
  enabled = (startswith((var.enabled ? var.options.first : var.options.first), "p") || sum([2, 1]) > length(local.l7))
  labels = zipmap(["a", "d"], [var.options.first, var.options.first])
  password = "p-${var.name}"
}

resource "terraform_data" "r11" {
  input = tolist(toset([lookup(var.options.tags, "a", terraform_data.r3.id), "set"]))
}

locals {
  l12 = ((var.enabled || var.enabled) && (var.enabled && var.enabled))
  l13 = var.options.tags
  l14 = local.l6
  l15 = (var.enabled ? length(terraform_data.r2) : 7)
}

output "o16" {
  value = var.options.first
}

output "o17" {
  value = 2
}

output "o18" {
  value = var.enabled
}

output "o19" {
  value = split("-", terraform_data.r11.id)
}

output "o20" {
  value = { a = lookup(local.l13, "a", "beta") }
}

