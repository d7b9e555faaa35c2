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
  l1 = startswith(format("%s/%03d", var.password, var.size), "p")
  l2 = jsonencode(formatlist("%s!", tolist([var.password, var.options.first])))
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = sum([max(var.size, max(var.size, count.index)), 1])
}

resource "terraform_data" "r4" {
  input = sort(tolist([element(concat(["z"], tolist(["l"])), 1), format("%s/%03d", var.options.first, length(terraform_data.r3))]))
}

locals {
  l5 = length([for k, v in {} : "${k}=${v}"])
}

module "m6" {
  source = "./a"
  for_each = tomap({ a = var.options.first, c = var.options.first })
  name = jsonencode({ name = var.name, size = 0 })
  size = var.size * 2
  enabled = contains([for k, v in (var.enabled ? tomap(var.options.tags) : tomap({ e = each.value })) : "${k}=${v}"], trimspace(" ${each.key} "))
  labels = var.options.tags
  options = { first = "f-${"%{ if var.enabled }yes%{ else }no%{ endif }"}", other = 1 }
}

module "m7" {
  source = "./a"
  count = var.enabled ? 1 : 0
  items = reverse(terraform_data.r4.input)
  options = { first = "f-${var.options.first}", other = 1 }
}

resource "terraform_data" "r8" {
  for_each = var.options.tags
  input = module.m7[*].o8
}

locals {
  l9 = false
  l10 = reverse(module.m7[*].o8)
  l11 = sum([var.size % 3 * 2, 1])
  l12 = [for x in distinct(tolist(terraform_data.r3[*].id)) : x if x != terraform_data.r4.id]
}

output "o13" {
  value = var.options.first
}

output "o14" {
  value = local.l5 * 2
}

output "o15" {
  value = startswith(join("-", compact(["", ""])), "p")
}

output "o16" {
  value = [for x in terraform_data.r4.output : "${x}-${terraform_data.r4.id}"]
}

output "o17" {
  value = { for k, r in terraform_data.r8 : k => r.id }
}

