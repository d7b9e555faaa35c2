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
  l1 = length(reverse(var.items)) > 0
}

resource "terraform_data" "r2" {
  input = [tostring(var.size)]
}

resource "terraform_data" "r3" {
  for_each = toset(var.items)
  input = can(var.options.tags.a)
  triggers_replace = [one([tostring(var.size)]), 1]
}

locals {
  l4 = var.labels
}

module "m5" {
  source = "./a"
  count = 3
  name = var.options.first
  size = length({ for k, r in terraform_data.r3 : k => r.id })
  enabled = (!(local.l1) || false)
  items = tolist(toset([var.options.first, "set"]))
  labels = var.options.tags
  password = terraform_data.r2.id
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = tomap({ a = format("%s/%03d", element(concat(["z"], terraform_data.r2.output), 1), max(2, count.index)), c = replace(tostring(var.size), "a", "o") })
  triggers_replace = [try(local.l4["zz"], terraform_data.r2.id), 1]
}

locals {
  l7 = split("-", var.password)
  l8 = can({ for k, r in terraform_data.r3 : k => r.id }.a)
  l9 = concat(compact(["${"Grüße"}-${var.size}", ""]), tolist([var.options.first, (var.enabled ? terraform_data.r2.id : "Grüße")]))
  l10 = var.options.first == try(var.options.tags["zz"], var.name)
}

output "o11" {
  value = try({ for k, v in zipmap(["a", "d"], [var.options.first, terraform_data.r2.id]) : "${k}-x" => v if k != "b" }["zz"], coalesce(var.options.first, "none"))
}

output "o12" {
  value = length({ for k, r in terraform_data.r3 : k => r.id })
}

output "o13" {
  value = length(terraform_data.r2.input) > 0
}

output "o14" {
  value = terraform_data.r6[*].id
}

output "o15" {
  value = { for k, r in terraform_data.r3 : k => r.id }
}

