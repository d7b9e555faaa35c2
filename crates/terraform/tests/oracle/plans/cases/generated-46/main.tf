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
  l2 = ((var.enabled ? { v = var.options.first } : { v = var.name }).v)
  l3 = sum([var.size, 1]) * 2
  l4 = tomap({ a = "${var.password}-${var.size}", c = lookup(var.labels, "a", local.l2) })
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = var.size
}

resource "terraform_data" "r6" {
  input = element(concat(["z"], tolist([var.name, var.options.first])), 1)
  triggers_replace = ["${"p-${var.options.first}"}-${local.l3}", 1]
}

locals {
  l7 = startswith(local.l2, "p")
  l8 = (local.l2 != null || (false || var.enabled))
}

module "m9" {
  source = "./a"
  count = 3
  name = ((local.l7 ? { v = terraform_data.r6.input } : { v = var.name }).v)
  enabled = length(terraform_data.r5) % 3 > (var.enabled ? count.index : count.index)
  labels = { for i, x in formatlist("%s!", var.items) : "k${i}" => x }
  password = terraform_data.r6.input
}

resource "terraform_data" "r10" {
  input = coalesce(format("%s/%03d", tostring(var.size), length(module.m9[*].o13)), "none")
}

locals {
  l11 = (join("-", terraform_data.r5[*].id) != null && (local.l2 != null || contains([], terraform_data.r6.id)))
  l12 = local.l8
  l13 = var.size
}

output "o14" {
  value = ((var.enabled ? { v = "%{ for x in [for x in module.m9[*].o13 : x if x != "beta"] }<${x}>%{ endfor }" } : { v = coalesce(coalesce(terraform_data.r10.output, "none"), "none") }).v)
  sensitive = true
}

output "o15" {
  value = var.size * 2
}

output "o16" {
  value = sum([2, 1]) > length(var.options.tags)
}

output "o17" {
  value = [for x in distinct(tolist(local.l1)) : "${x}-${replace(var.options.first, "a", "o")}"]
}

output "o18" {
  value = { for i, x in [] : "k${i}" => x }
}

