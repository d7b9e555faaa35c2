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
  l1 = var.options.tags
  l2 = var.items
  l3 = (var.size + var.size)
  l4 = var.name
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = length(local.l2)

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  for_each = toset(reverse(local.l2))
  input = length(terraform_data.r5)
}

locals {
  l7 = jsonencode(terraform_data.r5[*].id)
  l8 = (var.size + var.size)
  l9 = [{ v = var.password }, { v = "${try(var.labels["zz"], var.name)}-${length(var.labels)}" }][*].v
}

resource "terraform_data" "r10" {
  input = { a = "m" }
}

locals {
  l11 = distinct(tolist(tolist([terraform_data.r10.id, local.l7])))
  l12 = local.l9
}

output "o13" {
  value = element(concat(["z"], tolist(["l"])), 1)
}

output "o14" {
  value = length(var.name)
}

output "o15" {
  value = (var.enabled && var.enabled)
}

output "o16" {
  value = [for x in sort(tolist([var.options.first, var.name])) : x if x != one([element(concat(["z"], keys(terraform_data.r6)), 1)])]
}

output "o17" {
  value = (var.enabled ? tomap(local.l1) : tomap({ e = var.options.first }))
}

