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
  l1 = var.items
  l2 = (contains(concat(tolist(["l"]), local.l1), jsonencode(local.l1)) && format("%s/%03d", var.name, var.size) == coalesce(var.password, "none"))
  l3 = length(var.password) * 2 > sum([1 % 3, 1])
  l4 = sort(tolist(split("-", var.name)))
}

resource "terraform_data" "r5" {
  count = 2
  input = tomap({ a = (var.enabled ? substr("${var.name}-long", 0, 3) : (var.enabled ? "alpha" : var.options.first)), c = one([var.name]) })
}

locals {
  l6 = trimspace(" ${(local.l3 ? var.password : var.name)} ")
  l7 = [for k, v in { for i, x in formatlist("%s!", local.l4) : "k${i}" => x } : "${k}=${v}"]
  l8 = var.name == local.l6
}

module "m9" {
  source = "./a"
  for_each = { for k, v in var.labels : "${k}-x" => v if k != "b" }
  size = var.size
}

resource "terraform_data" "r10" {
  count = 3
  input = count.index
  triggers_replace = [trimspace(" ${var.password} "), 1]
}

locals {
  l11 = zipmap(["a", "d"], [var.options.first, var.options.first])
}

output "o12" {
  value = var.name
}

output "o13" {
  value = ((local.l8 && true) ? length(terraform_data.r5[*].id) : (length(terraform_data.r5) + length(terraform_data.r10)))
  sensitive = true
}

output "o14" {
  value = (local.l8 ? var.size : 0) > 1 % 3
  sensitive = true
}

output "o15" {
  value = [for x in [for x in local.l4 : x if x != var.password] : x if x != var.name]
  sensitive = true
}

output "o16" {
  value = { for k, v in var.options.tags : k => upper(v) }
}

