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
  l1 = startswith("${var.name}-${var.size}", "p")
  l2 = (var.enabled ? tomap({}) : tomap({ e = var.name }))
}

resource "terraform_data" "r3" {
  count = min(3, 7)
  input = [var.name, var.name]
}

resource "terraform_data" "r4" {
  count = min(3, 1 * 2)
  input = var.password
}

resource "terraform_data" "r5" {
  for_each = { for i, x in keys(var.labels) : "k${i}" => x }
  input = var.options.first == var.options.first
}

locals {
  l6 = merge(local.l2, { b = try(terraform_data.r4[0].output, "none") })
  l7 = length(terraform_data.r3)
  l8 = distinct(tolist([var.name, var.password]))
}

module "m9" {
  source = "./a"
  name = tostring(local.l7 * 2)
  size = (length(terraform_data.r3) + local.l7)
  items = compact([var.options.first, ""])
  labels = var.labels
  password = element(concat(["z"], sort(tolist(reverse(local.l8)))), 1)
  options = { first = "f-${upper(substr("${var.options.first}-long", 0, 3))}", other = 1 }
}

resource "terraform_data" "r10" {
  for_each = toset(values((length(terraform_data.r4) > length(terraform_data.r3) ? tomap({ a = var.options.first }) : tomap({ e = lookup(var.options.tags, "a", var.options.first) }))))
  input = { for i, x in tolist(["l"]) : "k${i}" => x }
}

locals {
  l11 = tolist(["beta", var.name])
  l12 = !(startswith(module.m9.o11, "p"))
}

output "o13" {
  value = var.password
  sensitive = true
}

output "o14" {
  value = (module.m9.o12 + sum([1, 1]) % 3)
}

output "o15" {
  value = var.enabled
}

output "o16" {
  value = [for x in [] : "${x}-${var.name}"]
}

output "o17" {
  value = (true ? tomap(module.m9.o15) : tomap({ e = var.password }))
  sensitive = true
}

